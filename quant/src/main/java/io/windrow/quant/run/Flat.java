package io.windrow.quant.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flattens a definition into parameters as Qlib logs them. */
final class Flat {

  /** Qlib's limit of a parameter's length. */
  private static final int LENGTH_LIMIT = 1000;

  private Flat() {}

  /** Keys joined by dots; a list is one value. */
  static Map<String, String> of(Map<?, ?> definition) {
    Map<String, String> flat = new LinkedHashMap<>();
    add("", definition, flat);
    return flat;
  }

  private static void add(String path, @Nullable Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> add(path.isEmpty() ? "" + key : path + "." + key, inner, flat));
    } else {
      String text = String.valueOf(value);
      flat.put(
          path, text.length() > LENGTH_LIMIT ? text.substring(0, LENGTH_LIMIT - 3) + "..." : text);
    }
  }
}
