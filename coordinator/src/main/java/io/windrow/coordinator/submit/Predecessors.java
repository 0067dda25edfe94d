package io.windrow.coordinator.submit;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.task.CanonicalJson;
import io.windrow.task.TaskId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the previous window of each task: the task made just before it of the same template. Two
 * tasks are windows of one template if they differ in nothing but the days of their dataset.
 */
final class Predecessors {
  private final Map<String, String> last = new HashMap<>();

  /**
   * The previous window of a task; null for the first one.
   *
   * @param task as generated, in the order of generation
   */
  @Nullable String before(TaskDefinition task) {
    return last.get(series(task));
  }

  /** Notes the id of a task, which is before the next one of its series. */
  void made(TaskDefinition task, String id) {
    last.put(series(task), id);
  }

  private static String series(TaskDefinition task) {
    return TaskId.hash(CanonicalJson.write(withoutDays(task.json())));
  }

  private static Map<String, Object> withoutDays(Map<String, Object> definition) {
    Map<String, Object> plain = new LinkedHashMap<>(definition);
    plain.computeIfPresent(
        "dataset",
        (dataset, at) ->
            changed(
                at,
                "kwargs",
                kwargs -> {
                  kwargs.remove("segments");
                  kwargs.computeIfPresent(
                      "handler",
                      (handler, h) ->
                          changed(
                              h,
                              "kwargs",
                              days -> days.keySet().removeIf(key -> key.endsWith("_time"))));
                }));
    return plain;
  }

  private static Object changed(Object map, String key, Consumer<Map<String, Object>> change) {
    if (!(map instanceof Map<?, ?> original)) {
      return map;
    }
    Map<String, Object> copy = copy(original);
    if (copy.get(key) instanceof Map<?, ?> inner) {
      Map<String, Object> changed = copy(inner);
      change.accept(changed);
      copy.put(key, changed);
    }
    return copy;
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }
}
