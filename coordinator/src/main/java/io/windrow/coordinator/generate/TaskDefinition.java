package io.windrow.coordinator.generate;

import io.windrow.task.CanonicalJson;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Qlib's task dict as plain JSON, with access to the parts that generators change. Immutable: a
 * change makes a copy.
 *
 * @param json the task: model, dataset, record, qlib_init
 */
public record TaskDefinition(Map<String, Object> json) {
  private static final List<String> SEGMENTS = List.of("dataset", "kwargs", "segments");
  private static final List<String> HANDLER_KWARGS =
      List.of("dataset", "kwargs", "handler", "kwargs");

  public TaskDefinition {
    json = CanonicalJson.copy(json);
  }

  /**
   * The segments by name, in the order of the file.
   *
   * @throws IllegalArgumentException if they are missing or not pairs of ISO dates
   */
  public Map<String, Segment> segments() {
    if (!(at(SEGMENTS) instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("dataset.kwargs.segments is missing");
    }
    Map<String, Segment> segments = new LinkedHashMap<>();
    map.forEach((name, value) -> segments.put((String) name, segment((String) name, value)));
    return segments;
  }

  /** A copy with these segments. */
  public TaskDefinition withSegments(Map<String, Segment> segments) {
    Map<String, Object> value = new LinkedHashMap<>();
    segments.forEach(
        (name, segment) ->
            value.put(name, Arrays.asList(text(segment.start()), text(segment.end()))));
    return new TaskDefinition(with(json, SEGMENTS, value));
  }

  /** Whether the handler is described in place with arguments, so that its times can be changed. */
  public boolean hasHandlerKwargs() {
    return at(HANDLER_KWARGS) instanceof Map<?, ?>;
  }

  /** The handler's {@code end_time}; null if it has none. */
  public @Nullable LocalDate handlerEnd() {
    return at(HANDLER_KWARGS) instanceof Map<?, ?> kwargs
            && kwargs.get("end_time") instanceof String text
        ? LocalDate.parse(text)
        : null;
  }

  /** A copy whose handler ends at {@code end}. */
  public TaskDefinition withHandlerEnd(@Nullable LocalDate end) {
    Map<String, Object> kwargs = new LinkedHashMap<>();
    if (at(HANDLER_KWARGS) instanceof Map<?, ?> old) {
      old.forEach((key, value) -> kwargs.put((String) key, value));
    }
    kwargs.put("end_time", text(end));
    return new TaskDefinition(with(json, HANDLER_KWARGS, kwargs));
  }

  private static Segment segment(String name, @Nullable Object value) {
    if (!(value instanceof List<?> ends) || ends.size() != 2) {
      throw new IllegalArgumentException("segment '" + name + "' is not a pair of dates");
    }
    return new Segment(date(ends.get(0)), date(ends.get(1)));
  }

  private static @Nullable LocalDate date(@Nullable Object value) {
    return value == null ? null : LocalDate.parse((String) value);
  }

  private static @Nullable String text(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }

  private @Nullable Object at(List<String> path) {
    Object value = json;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }

  private static Map<String, Object> with(Map<?, ?> map, List<String> path, Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, item) -> copy.put((String) key, item));
    String key = path.get(0);
    if (path.size() == 1) {
      copy.put(key, value);
    } else {
      Map<?, ?> inner = map.get(key) instanceof Map<?, ?> found ? found : Map.of();
      copy.put(key, with(inner, path.subList(1, path.size()), value));
    }
    return copy;
  }
}
