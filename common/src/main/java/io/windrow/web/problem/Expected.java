package io.windrow.web.problem;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a value must be, in words, by the type it is read into. */
final class Expected {
  private Expected() {}

  static String of(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
    }
    if (type == long.class || type == Long.class || type == BigInteger.class) {
      return "a whole number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    }
    return ofTime(type);
  }

  private static String ofTime(Class<?> type) {
    if (type == LocalDate.class) {
      return "a day as in 2020-12-31";
    }
    if (type == Instant.class) {
      return "a time as in 2020-12-31T23:59:59Z";
    }
    if (type == Duration.class) {
      return "a time span as in 12h or 90d";
    }
    return Map.class.isAssignableFrom(type) || type.isRecord()
        ? "an object"
        : "a " + type.getSimpleName();
  }
}
