package io.windrow.task;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON with exactly one spelling per value, so that equal definitions have equal hashes: keys
 * sorted, no white space, dates as {@code yyyy-MM-dd}, a whole number without fraction however it
 * was written ({@code 5}, {@code 5.0}), other numbers in Java's shortest form.
 */
public final class CanonicalJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Beyond this a double no longer holds every whole number. */
  private static final double MAX_EXACT = 9_007_199_254_740_992d;

  private CanonicalJson() {}

  /**
   * The canonical text of a plain value.
   *
   * @throws IllegalArgumentException if the value holds anything that JSON has no word for
   */
  public static String write(@Nullable Object value) {
    return JSON.writeValueAsString(normal(value, true));
  }

  /** A deep, unmodifiable copy of a plain map; the order of keys is kept, dates become strings. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> copy(Map<String, ?> map) {
    return (Map<String, Object>) normal(map, false);
  }

  private static @Nullable Object normal(@Nullable Object value, boolean sorted) {
    if (value == null || value instanceof String || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof LocalDate date) {
      return date.toString();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = sorted ? new TreeMap<>() : new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put((String) key, normal(item, sorted)));
      return Collections.unmodifiableMap(copy);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(normal(item, sorted)));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException(
        "a definition holds only plain JSON, not a " + value.getClass().getName());
  }

  private static Number number(Number number) {
    if (number instanceof Integer || number instanceof Long || number instanceof Short) {
      return number.longValue();
    }
    double d = number.doubleValue();
    if (Double.isNaN(d) || Double.isInfinite(d)) {
      throw new IllegalArgumentException("JSON has no number " + d);
    }
    return d == Math.rint(d) && Math.abs(d) <= MAX_EXACT ? (Number) (long) d : (Number) d;
  }
}
