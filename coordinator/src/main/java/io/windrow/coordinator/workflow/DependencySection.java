package io.windrow.coordinator.workflow;

import io.windrow.quant.definition.Section;
import io.windrow.task.Condition;
import io.windrow.task.Dependency.On;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code windrow.depends_on}: a list of {@code {task, on, when}}. */
final class DependencySection {
  private static final int MOST = 100;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final List<String> ON = Arrays.stream(On.values()).map(On::word).toList();

  private DependencySection() {}

  static List<DependencySettings> read(Section windrow) {
    if (windrow.raw("depends_on") instanceof List<?> list && list.size() > MOST) {
      windrow.problem("depends_on", "may have " + MOST + " entries");
      return List.of();
    }
    List<DependencySettings> all = new ArrayList<>();
    for (Section entry : windrow.sections("depends_on")) {
      String task = entry.text("task").orElse("");
      if (!task.equals(DependencySettings.PREVIOUS) && !ID.matcher(task).matches()) {
        entry.problem("task", "must be 'previous' or a task's id (64 hexadecimal digits)");
      }
      On on = On.valueOf(entry.choice("on", ON).toUpperCase(Locale.ROOT));
      all.add(
          new DependencySettings(
              task.equals(DependencySettings.PREVIOUS) ? null : task, on, when(entry, on)));
      entry.rejectOthers();
    }
    return all;
  }

  private static @Nullable String when(Section entry, On on) {
    String when = entry.text("when").orElse(null);
    if (when == null) {
      return null;
    }
    try {
      Condition.parse(when);
    } catch (IllegalArgumentException e) {
      entry.problem(
          "when", "is no condition like 'IC > 0.02 and not best_iteration < 5': " + e.getMessage());
      return null;
    }
    if (on != On.SUCCESS) {
      entry.problem("when", "goes with 'on: success' only: another end has no metrics");
      return null;
    }
    return when;
  }
}
