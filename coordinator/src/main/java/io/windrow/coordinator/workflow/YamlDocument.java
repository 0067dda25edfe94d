package io.windrow.coordinator.workflow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file as plain values, with the place of each.
 *
 * @param root the file's map: text, numbers, booleans, nulls, lists and maps; dates are text
 * @param places place of each path: of the key in a map, of the item in a list
 * @param problems what was left out of the values
 */
record YamlDocument(
    Map<String, @Nullable Object> root, Map<String, Place> places, List<WorkflowProblem> problems) {

  /**
   * A line of a file.
   *
   * @param line from 1
   * @param file the base file; null for the workflow's own
   */
  record Place(int line, @Nullable String file) {
    static final Place START = new Place(1, null);
  }

  /** The problem with the place of its path, or of the nearest thing around it. */
  WorkflowProblem locate(String path, String message) {
    Place place = place(path);
    return new WorkflowProblem(place.line(), path, message, place.file());
  }

  /** A missing key has no place of its own. */
  Place place(String path) {
    String at = path;
    while (!at.isEmpty()) {
      Place place = places.get(at);
      if (place != null) {
        return place;
      }
      at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
    }
    return Place.START;
  }

  /** The same as a base file. */
  YamlDocument in(String file) {
    Map<String, Place> inFile = new HashMap<>();
    places.forEach((path, place) -> inFile.put(path, new Place(place.line(), file)));
    return new YamlDocument(
        root, inFile, problems.stream().map(problem -> problem.in(file)).toList());
  }
}
