package io.windrow.coordinator.workflow;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file as plain values, with the line of each.
 *
 * @param root the file's map: text, numbers, booleans, nulls, lists and maps; dates are text
 * @param lines line of each path: of the key in a map, of the item in a list
 * @param problems what was left out of the values
 */
record YamlDocument(
    Map<String, @Nullable Object> root,
    Map<String, Integer> lines,
    List<WorkflowProblem> problems) {

  /** The line of a path, or of the nearest thing around it: a missing key has no line. */
  int line(String path) {
    String at = path;
    while (!at.isEmpty()) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
      at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
    }
    return 1;
  }
}
