package io.windrow.collector.collect;

import io.windrow.pool.CollectSettings;
import io.windrow.quant.definition.DateRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the keys of a submission's results.
 *
 * @param paths paths of the task definition whose values are the parts of a key
 */
record GroupKeys(List<String> paths) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> BY_MODEL = List.of("model.class");
  private static final List<String> BY_MODEL_AND_LABEL =
      List.of("model.class", "dataset.kwargs.handler.kwargs.label");
  private static final String ABSENT = "?";

  /** In a list a part of a path is a place, from 0. */
  private static final Pattern INDEX = Pattern.compile("\\d{1,6}");

  private record Place(String model, @Nullable DateRange test) {}

  GroupKeys {
    paths = List.copyOf(paths);
  }

  /**
   * The declared keys. If none are declared it is the model's class, as in Qlib's examples, with
   * the label where a model has several for the same test segment: otherwise one horizon would
   * silently take the other's place.
   *
   * @throws UnknownKeyException if no task has a declared path
   */
  static GroupKeys of(CollectSettings settings, List<WindowPlan> plans) {
    if (!settings.key().isEmpty()) {
      settings.key().forEach(path -> require(path, plans));
      return new GroupKeys(settings.key());
    }
    Map<Place, String> labels = new HashMap<>();
    String label = BY_MODEL_AND_LABEL.get(1);
    for (WindowPlan plan : plans) {
      String its = text(plan, label);
      String before = labels.putIfAbsent(new Place(plan.model(), plan.test()), its);
      if (before != null && !before.equals(its)) {
        return new GroupKeys(BY_MODEL_AND_LABEL);
      }
    }
    return new GroupKeys(BY_MODEL);
  }

  /** The parts of a window's key before its test segment. */
  List<String> key(WindowPlan plan) {
    return paths.stream().map(path -> text(plan, path)).toList();
  }

  private static void require(String path, List<WindowPlan> plans) {
    if (!plans.isEmpty() && plans.stream().allMatch(plan -> at(plan.definition(), path) == null)) {
      Set<String> known = new TreeSet<>();
      known("", plans.get(0).definition(), known);
      throw new UnknownKeyException(path, known);
    }
  }

  private static void known(String path, @Nullable Object value, Set<String> known) {
    if (!path.isEmpty()) {
      known.add(path);
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> known(path.isEmpty() ? "" + key : path + "." + key, inner, known));
    }
  }

  /** A text as it is, the only item of a list by itself, anything else as JSON. */
  private static String text(WindowPlan plan, String path) {
    Object value = at(plan.definition(), path);
    while (value instanceof List<?> list && list.size() == 1) {
      value = list.get(0);
    }
    if (value == null) {
      return ABSENT;
    }
    return value instanceof String text ? text : JSON.writeValueAsString(value);
  }

  private static @Nullable Object at(Map<String, Object> definition, String path) {
    Object value = definition;
    for (String part : path.split("\\.", -1)) {
      if (value instanceof List<?> list && INDEX.matcher(part).matches()) {
        int index = Integer.parseInt(part);
        value = index < list.size() ? list.get(index) : null;
      } else {
        value = value instanceof Map<?, ?> map ? map.get(part) : null;
      }
      if (value == null) {
        return null;
      }
    }
    return Objects.requireNonNull(value);
  }
}
