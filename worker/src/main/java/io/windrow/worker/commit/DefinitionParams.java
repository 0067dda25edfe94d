package io.windrow.worker.commit;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A task definition as a recorder's flat parameters, as Qlib logs it. */
public final class DefinitionParams {
  /** Longer values are cut: parameters are for reading and filtering, the whole is in task.json. */
  private static final int MAX_VALUE = 500;

  private DefinitionParams() {}

  /** Keys joined by dots, lists and plain values as text: {@code model.kwargs.max_depth -> 8}. */
  public static Map<String, String> of(Map<String, Object> definition) {
    Map<String, String> flat = new TreeMap<>();
    definition.forEach((key, value) -> flatten(key, value, flat));
    return flat;
  }

  private static void flatten(String key, @Nullable Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, item) -> flatten(key + "." + name, item, flat));
    } else {
      String text = String.valueOf(value);
      flat.put(key, text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "...");
    }
  }
}
