package io.windrow.coordinator.workflow;

import io.windrow.quant.definition.Section;
import io.windrow.task.Stage;
import io.windrow.task.Terms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code windrow.stages}: a list of {@code {name, task, process, queue, timeout, retry}}, all
 * but the name optional. What a stage does not say of queue, time-out and retry is the workflow's.
 */
final class StageSection {
  /** Its key in the {@code windrow} section. */
  static final String KEY = "stages";

  private static final int MOST = 20;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private StageSection() {}

  /** The stages, or the only one of a workflow that declares none. */
  static List<Stage> read(Section windrow, String queue, Terms terms) {
    List<Stage> whole = List.of(Stage.only(queue, terms));
    if (!windrow.has(KEY)) {
      return whole;
    }
    if (windrow.list(KEY).size() > MOST) {
      windrow.problem(KEY, "may have " + MOST + " entries");
      return whole;
    }
    List<Stage> stages = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section entry : windrow.sections(KEY)) {
      String name = name(entry, names);
      Map<String, Object> change = change(entry);
      Stage stage =
          new Stage(name, change, Settings.queue(entry, queue), TermsSection.stage(entry, terms));
      entry.rejectOthers();
      if (!name.isEmpty()) {
        stages.add(stage);
      }
    }
    return stages.isEmpty() ? whole : stages;
  }

  private static String name(Section entry, Set<String> names) {
    String name = entry.text("name").orElse("");
    if (!NAME.matcher(name).matches()) {
      entry.problem("name", "must be 1 to 63 of a-z 0-9 -, beginning with a letter or a digit");
      return "";
    }
    if (!names.add(name)) {
      entry.problem("name", "is the name of another stage, too");
      return "";
    }
    return name;
  }

  /** What the stage lays over the task. */
  private static Map<String, Object> change(Section entry) {
    Map<String, @Nullable Object> change = new LinkedHashMap<>();
    Section task = entry.optionalSection("task");
    task.keys().forEach(key -> change.put(key, task.raw(key)));
    if (entry.has(ProcessTask.KEY)) {
      if (change.containsKey(ProcessTask.KEY)) {
        entry.problem(ProcessTask.KEY, "is given in the stage's task, too: keep one of them");
      }
      change.put(ProcessTask.KEY, entry.raw(ProcessTask.KEY));
    }
    if (task.optionalSection("dataset").optionalSection("kwargs").has("segments")) {
      task.problem(
          "dataset.kwargs.segments",
          "cannot be changed by a stage: the windows are those of the whole task");
    }
    if (change.get("record") instanceof Map<?, ?> single) {
      change.put("record", List.of(single));
    }
    return change;
  }
}
