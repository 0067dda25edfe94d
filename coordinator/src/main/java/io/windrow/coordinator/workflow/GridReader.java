package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import io.windrow.task.CanonicalJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code windrow.grid}: a list of values for each place of the task. */
final class GridReader {
  private static final String GRID = "grid";
  private static final List<String> PARTS =
      List.of("model", "dataset", "reweighter", "record", "noop");

  /** They are parts of a series' name, which people should be able to read. */
  private static final int MAX_PLACES = 6;

  private static final int MAX_VALUES = 1000;
  private static final long MAX_COMBINATIONS = 1_000_000;

  private GridReader() {}

  /**
   * Reads it; what is wrong is left out and reported.
   *
   * @param horizons whether horizons set the label
   */
  static Map<List<String>, List<?>> read(Section windrow, boolean horizons) {
    Section section = windrow.optionalSection(GRID);
    Map<List<String>, List<?>> grid = new LinkedHashMap<>();
    if (!(windrow.raw(GRID) instanceof Map<?, ?> places)) {
      return grid; // the section has said so
    }
    for (Object name : places.keySet()) { // as in the file: the last changes fastest
      String key = String.valueOf(name);
      List<String> place = List.of(key.split("\\.", -1));
      if (!(section.raw(key) instanceof List<?> values) || values.isEmpty()) {
        section.problem(key, "must list the values to try, for example [0.05, 0.1]");
        continue;
      }
      wrongPlace(place, horizons)
          .or(() -> overlap(place, grid))
          .or(() -> wrongValues(values))
          .ifPresentOrElse(message -> section.problem(key, message), () -> grid.put(place, values));
    }
    if (grid.size() > MAX_PLACES) {
      windrow.problem(GRID, "has more than " + MAX_PLACES + " places: take some out");
      return Map.of();
    }
    long combinations = 1;
    for (List<?> values : grid.values()) {
      combinations = Math.min(combinations, MAX_COMBINATIONS) * values.size();
    }
    if (combinations > MAX_COMBINATIONS) {
      windrow.problem(GRID, "has more than " + MAX_COMBINATIONS + " combinations: take values out");
      return Map.of();
    }
    return grid;
  }

  private static Optional<String> wrongPlace(List<String> place, boolean horizons) {
    String part = place.get(0);
    if (!PARTS.contains(part)) {
      return Optional.of(
          "begins with no part of the task"
              + Nearest.hint(part, PARTS)
              + ": write a place like model.kwargs.learning_rate");
    }
    if (nested(place, TaskDefinition.SEGMENTS)) {
      return Optional.of("would change the segments: windows are made by windrow.rolling");
    }
    List<String> label = GenerationSettings.LABEL;
    return horizons && place.size() >= label.size() && nested(place, label)
        ? Optional.of("would change the label, which windrow.horizons sets: keep one of them")
        : Optional.empty();
  }

  private static Optional<String> overlap(List<String> place, Map<List<String>, List<?>> grid) {
    return grid.keySet().stream()
        .filter(other -> nested(place, other))
        .findFirst()
        .map(other -> "is a part of " + String.join(".", other) + ", or the other way round");
  }

  private static Optional<String> wrongValues(List<?> values) {
    if (values.size() > MAX_VALUES) {
      return Optional.of("has more than " + MAX_VALUES + " values");
    }
    long distinct = values.stream().map(GridReader::canonical).distinct().count();
    return distinct < values.size()
        ? Optional.of("has the same value twice: the tasks would be the same")
        : Optional.empty();
  }

  private static String canonical(@Nullable Object value) {
    return CanonicalJson.write(Collections.singletonList(value));
  }

  private static boolean nested(List<String> a, List<String> b) {
    int common = Math.min(a.size(), b.size());
    return a.subList(0, common).equals(b.subList(0, common));
  }
}
