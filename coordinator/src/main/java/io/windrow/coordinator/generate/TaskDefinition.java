package io.windrow.coordinator.generate;

import io.windrow.task.CanonicalJson;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Qlib's task dict as plain JSON, with access to the parts that generators change. Immutable: a
 * change makes a copy that shares with the original whatever did not change, so a million tasks of
 * one template take little more room than what differs.
 *
 * <p>A place in it is a list of keys. In a list the key is the index, from 0.
 */
public final class TaskDefinition {
  /** Where the segments are. */
  public static final List<String> SEGMENTS = List.of("dataset", "kwargs", "segments");

  /** Where the arguments of a handler are, if it is described in place. */
  public static final List<String> HANDLER_KWARGS =
      List.of("dataset", "kwargs", "handler", "kwargs");

  private static final String END_TIME = "end_time";
  private static final Pattern INDEX = Pattern.compile("\\d{1,6}");

  private final Map<String, Object> json;

  private TaskDefinition(Map<String, Object> json) {
    this.json = json;
  }

  /**
   * A definition.
   *
   * @param json the task: model, dataset, record, qlib_init; it is copied
   * @throws IllegalArgumentException if it holds anything but plain JSON
   */
  public static TaskDefinition of(Map<String, ?> json) {
    return new TaskDefinition(CanonicalJson.copy(json));
  }

  /** The task as plain JSON, unmodifiable. */
  public Map<String, Object> json() {
    return json;
  }

  /** What is in a place; null if nothing is. */
  public @Nullable Object at(List<String> path) {
    Object value = json;
    for (String key : path) {
      value = child(value, key);
    }
    return value;
  }

  /**
   * A copy with a value in a place. A last key that a map lacks is added.
   *
   * @throws IllegalArgumentException if what the last key belongs to is neither a map nor a list
   *     that is so long, or if the value is not plain JSON
   */
  public TaskDefinition with(List<String> path, @Nullable Object value) {
    Object plain = CanonicalJson.copy(Collections.singletonMap("value", value)).get("value");
    return new TaskDefinition(asMap(replaced(json, path, 0, plain)));
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
    return with(SEGMENTS, value);
  }

  /** Whether the handler is described in place with arguments, so that its times can be changed. */
  public boolean hasHandlerKwargs() {
    return at(HANDLER_KWARGS) instanceof Map<?, ?>;
  }

  /** The handler's {@code end_time}; null if it has none. */
  public @Nullable LocalDate handlerEnd() {
    return at(HANDLER_KWARGS) instanceof Map<?, ?> kwargs
            && kwargs.get(END_TIME) instanceof String text
        ? LocalDate.parse(text)
        : null;
  }

  /** A copy whose handler ends at {@code end}. */
  public TaskDefinition withHandlerEnd(@Nullable LocalDate end) {
    return withHandlerArgument(END_TIME, text(end));
  }

  /**
   * A copy with an argument of the handler.
   *
   * @throws IllegalArgumentException if the handler is not described in place with arguments
   */
  public TaskDefinition withHandlerArgument(String name, @Nullable Object value) {
    List<String> path = new ArrayList<>(HANDLER_KWARGS);
    path.add(name);
    return with(path, value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskDefinition definition && json.equals(definition.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
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

  private static @Nullable Object child(@Nullable Object parent, String key) {
    if (parent instanceof Map<?, ?> map) {
      return map.get(key);
    }
    return parent instanceof List<?> list && holds(list, key)
        ? list.get(Integer.parseInt(key))
        : null;
  }

  private static @Nullable Object replaced(
      @Nullable Object old, List<String> path, int depth, @Nullable Object value) {
    if (depth == path.size()) {
      return value;
    }
    String key = path.get(depth);
    Object inner = replaced(child(old, key), path, depth + 1, value);
    if (old instanceof Map<?, ?>) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>(asMap(old));
      copy.put(key, inner);
      return Collections.unmodifiableMap(copy);
    }
    if (old instanceof List<?> list && holds(list, key)) {
      List<@Nullable Object> copy = new ArrayList<>(list);
      copy.set(Integer.parseInt(key), inner);
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "there is no place " + String.join(".", path) + " in the task");
  }

  private static boolean holds(List<?> list, String key) {
    return INDEX.matcher(key).matches() && Integer.parseInt(key) < list.size();
  }

  @SuppressWarnings("unchecked") // the keys of plain JSON are strings
  private static Map<String, Object> asMap(@Nullable Object map) {
    return (Map<String, Object>) map;
  }
}
