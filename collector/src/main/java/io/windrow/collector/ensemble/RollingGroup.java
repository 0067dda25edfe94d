package io.windrow.collector.ensemble;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits keyed results into groups of windows, as Qlib's RollingGroup does: {@code {(a, b, r): v}}
 * becomes {@code {(a, b): {r: v}}}. The order of keys is kept.
 */
public final class RollingGroup {
  private RollingGroup() {}

  /** The groups, in the order their first key comes. */
  public static <R, V> Map<List<String>, Map<R, V>> split(Map<RollingKey<R>, V> results) {
    Map<List<String>, Map<R, V>> groups = new LinkedHashMap<>();
    results.forEach(
        (key, value) ->
            groups
                .computeIfAbsent(key.group(), group -> new LinkedHashMap<>())
                .put(key.rolling(), value));
    return groups;
  }
}
