package io.windrow.collector.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies that callers send. */
final class Bodies {
  private Bodies() {}

  /** A new experiment. */
  record NewExperiment(@Nullable String name) {}

  /**
   * A recorder to start or to go on with.
   *
   * @param id for resuming: which one, or null for the latest of that name
   * @param name its name, or null for Qlib's default
   * @param resume true to go on with one that is there; absent for a new one
   * @param tags of a new one, or null
   */
  record Start(
      @Nullable String id,
      @Nullable String name,
      @Nullable Boolean resume,
      @Nullable Map<String, @Nullable Object> tags) {}

  /**
   * How a recorder ends.
   *
   * @param status {@code finished} or {@code failed}
   */
  record End(@Nullable String status) {}

  /**
   * Values of metrics at one step.
   *
   * @param step round, epoch; 0 if absent
   * @param metrics numbers by name
   */
  record Metrics(@Nullable Integer step, @Nullable Map<String, @Nullable Double> metrics) {}

  /** The values as text: numbers and booleans may stand without quotes. */
  static Map<String, String> texts(@Nullable Map<String, @Nullable Object> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (values != null) {
      values.forEach(
          (name, value) -> {
            if (value == null || value instanceof Iterable<?> || value instanceof Map<?, ?>) {
              throw new IllegalArgumentException("the value of '" + name + "' must be a text");
            }
            texts.put(name, value.toString());
          });
    }
    return texts;
  }

  static Map<String, Double> numbers(@Nullable Map<String, @Nullable Double> values) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    if (values != null) {
      values.forEach(
          (name, value) -> {
            if (value == null || !Double.isFinite(value)) {
              throw new IllegalArgumentException("the value of '" + name + "' must be a number");
            }
            numbers.put(name, value);
          });
    }
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException(
          "no metrics: send {\"step\": 0, \"metrics\": {\"name\": 0.1}}");
    }
    return numbers;
  }
}
