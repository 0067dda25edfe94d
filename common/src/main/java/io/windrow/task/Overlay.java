package io.windrow.task;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays one map over another as Qlib does with {@code BASE_CONFIG_PATH}: maps are merged key by key,
 * everything else is replaced whole, lists too, and {@code __DROP__} removes a key.
 */
public final class Overlay {
  /** The value that removes its key. */
  public static final String DROP = "__DROP__";

  private Overlay() {}

  /** What the two come to; neither is changed. */
  public static Map<String, @Nullable Object> merge(Map<?, ?> base, Map<?, ?> over) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    base.forEach((key, value) -> merged.put((String) key, value));
    over.forEach(
        (key, value) -> {
          if (DROP.equals(value)) {
            merged.remove(key);
          } else if (value instanceof Map<?, ?> map) {
            // Below a key that the base lacks there is nothing to drop, but it is no value either.
            merged.put(
                (String) key, merge(merged.get(key) instanceof Map<?, ?> m ? m : Map.of(), map));
          } else {
            merged.put((String) key, value);
          }
        });
    return merged;
  }
}
