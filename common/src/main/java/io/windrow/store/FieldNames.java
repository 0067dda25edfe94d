package io.windrow.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Plain JSON as a document and back. Keys that MongoDB cannot hold or address, those with a dot, a
 * NUL or a dollar in front, are percent-encoded; people's parameter names have dots.
 */
final class FieldNames {
  private FieldNames() {}

  static String encode(String key) {
    String name = key.replace("%", "%25").replace(".", "%2E").replace("\0", "%00");
    return name.startsWith("$") ? "%24" + name.substring(1) : name;
  }

  static String decode(String name) {
    return name.indexOf('%') < 0
        ? name
        : name.replace("%24", "$").replace("%00", "\0").replace("%2E", ".").replace("%25", "%");
  }

  static Document encode(Map<String, ?> map) {
    Document document = new Document();
    map.forEach((key, value) -> document.append(encode(key), encodeValue(value)));
    return document;
  }

  static Map<String, Object> decode(Map<String, ?> document) {
    Map<String, Object> map = new LinkedHashMap<>();
    document.forEach((name, value) -> map.put(decode(name), decodeValue(value)));
    return map;
  }

  /** The same for values of one type that need no decoding themselves. */
  static <T> Map<String, T> decode(Document document, Class<T> type) {
    Map<String, T> map = new LinkedHashMap<>();
    document.forEach((name, value) -> map.put(decode(name), type.cast(value)));
    return map;
  }

  @SuppressWarnings("unchecked") // keys of plain JSON are strings
  private static @Nullable Object encodeValue(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return encode((Map<String, ?>) map);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(encodeValue(item)));
      return items;
    }
    return value;
  }

  @SuppressWarnings("unchecked") // keys of documents are strings
  private static @Nullable Object decodeValue(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return decode((Map<String, ?>) map);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>(list.size());
      list.forEach(item -> items.add(decodeValue(item)));
      return items;
    }
    return value;
  }
}
