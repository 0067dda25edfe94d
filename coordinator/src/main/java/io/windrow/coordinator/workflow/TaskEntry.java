package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the tasks of a workflow, by itself: everything is checked as in a file that has no other.
 *
 * @param path where it stands in the file: {@code task}, or {@code task.0} in a list
 * @param file the file as if this was its only task
 */
record TaskEntry(String path, Map<String, @Nullable Object> file) {
  private static final String TASK = "task";
  private static final String INIT = "qlib_init";

  /** The only task, or those of a list. */
  static List<TaskEntry> all(Section root) {
    if (!(root.raw(TASK) instanceof List<?> list)) {
      return List.of(new TaskEntry(TASK, file(root, root.raw(TASK))));
    }
    if (list.isEmpty()) {
      root.problem(TASK, "has no task in it");
    }
    List<TaskEntry> entries = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof Map<?, ?> task) {
        entries.add(new TaskEntry(TASK + "." + i, file(root, task)));
      } else {
        root.problem(TASK + "." + i, "must be a map, not " + Section.quote(list.get(i)));
      }
    }
    return entries;
  }

  private static Map<String, @Nullable Object> file(Section root, @Nullable Object task) {
    Map<String, @Nullable Object> file = new LinkedHashMap<>();
    file.put(INIT, root.raw(INIT));
    file.put(TASK, task);
    return Collections.unmodifiableMap(file);
  }

  /** Whether there is anything at its place. */
  boolean isThere() {
    return file.get(TASK) != null;
  }

  /** The file's root, which adds problems to the list under the paths of a single task. */
  Section root(List<Problem> problems) {
    return Section.root(file, problems);
  }

  /** The problem under its path in the whole file. */
  Problem locate(Problem problem) {
    boolean below = problem.path().equals(TASK) || problem.path().startsWith(TASK + ".");
    return below
        ? new Problem(
            path + problem.path().substring(TASK.length()), problem.message(), problem.severity())
        : problem;
  }

  /** Warns of tasks whose results would take each other's place. */
  static void checkKeys(
      List<? extends Map<String, @Nullable Object>> definitions,
      Settings settings,
      List<Problem> problems) {
    if (definitions.size() < 2 || settings.collect().containsKey("key")) {
      return;
    }
    Map<List<@Nullable Object>, Integer> seen = new HashMap<>();
    for (int i = 0; i < definitions.size(); i++) {
      TaskDefinition task = TaskDefinition.of(definitions.get(i));
      List<@Nullable Object> key = new ArrayList<>();
      settings
          .generation()
          .seriesKey()
          .forEach(place -> key.add(task.at(List.of(place.split("\\.", -1)))));
      key.add(task.at(List.of("dataset", "kwargs", "segments", "test")));
      Integer earlier = seen.putIfAbsent(key, i);
      if (earlier != null) {
        problems.add(
            new Problem(
                TASK + "." + i,
                "has the model class and the test segment of "
                    + TASK
                    + "."
                    + earlier
                    + ", so its results take the place of the other's: name what tells them apart"
                    + " in windrow.collect.key",
                Problem.Severity.WARNING));
      }
    }
  }
}
