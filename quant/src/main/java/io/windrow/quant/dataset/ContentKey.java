package io.windrow.quant.dataset;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A name for what a record holds: the same in every process for equal contents, and another one for
 * anything else. Records are taken apart component by component, so whatever a record gains is part
 * of its name.
 */
final class ContentKey {

  private ContentKey() {}

  /**
   * The SHA-256 of {@link #text}, in hexadecimal.
   *
   * @throws IllegalArgumentException if the record holds something that has no fixed text
   */
  static String hash(Record key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text(key).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Unambiguous: texts come with their length, records with their class and component names. */
  static String text(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Record parts) {
      return parts(parts);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ContentKey::text).toList().toString();
    }
    if (value instanceof Set<?> set) {
      return "{" + sorted(set) + "}";
    }
    if (value instanceof Map<?, ?> map) {
      return "{" + sorted(map.entrySet().stream().map(ContentKey::entry).toList()) + "}";
    }
    if (value instanceof Optional<?> optional) {
      return "?" + text(optional.orElse(null));
    }
    if (value instanceof Enum<?> constant) {
      return constant.getDeclaringClass().getName() + "." + constant.name();
    }
    if (value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Path
        || value instanceof TemporalAccessor) {
      String text = value.toString();
      return kind(value) + ":" + text.length() + ":" + text;
    }
    throw new IllegalArgumentException(
        "a " + value.getClass().getName() + " has no fixed text and cannot be part of a key");
  }

  /** What implements Path differs between systems. */
  private static String kind(Object value) {
    return value instanceof Path ? "Path" : value.getClass().getSimpleName();
  }

  private static List<?> entry(Map.Entry<?, ?> entry) {
    return List.of(text(entry.getKey()), text(entry.getValue()));
  }

  private static String sorted(Collection<?> values) {
    return values.stream().map(ContentKey::text).sorted().toList().toString();
  }

  private static String parts(Record value) {
    StringBuilder text = new StringBuilder(value.getClass().getName()).append('(');
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      text.append(component.getName()).append('=').append(text(part(value, component))).append(';');
    }
    return text.append(')').toString();
  }

  private static @Nullable Object part(Record value, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true); // records of keys are not public
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
