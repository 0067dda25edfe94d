package io.windrow.collector.ensemble;

import io.windrow.collector.ensemble.Results.Keyed;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits keyed results into groups of windows, as Qlib's RollingGroup does: {@code {(a, b, r): v}}
 * becomes {@code {(a, b): {r: v}}}. The key of a group is a tuple even if one part is left of it.
 */
public final class RollingGroup {
  private RollingGroup() {}

  /** The group with Qlib's ensemble, which rolls each group into one series. */
  public static Group<ScoreSeries> rolled() {
    return with(new RollingEnsemble());
  }

  /** The group with another ensemble. */
  public static <V> Group<V> with(Processing<V> ensemble) {
    return new Group<>(RollingGroup::split, ensemble);
  }

  /**
   * The groups, in the order their first key comes.
   *
   * @throws IllegalArgumentException if a key is no tuple (a list of one part or more)
   */
  public static <V> Map<Object, Keyed<V>> split(Keyed<V> results) {
    Map<Object, Map<Object, Results<V>>> groups = new LinkedHashMap<>();
    results
        .entries()
        .forEach(
            (key, value) -> {
              if (!(key instanceof List<?> tuple) || tuple.isEmpty()) {
                throw new IllegalArgumentException(
                    "a key must be a tuple that ends with the window, not '" + key + "'");
              }
              int last = tuple.size() - 1;
              groups
                  .computeIfAbsent(
                      List.copyOf(tuple.subList(0, last)), group -> new LinkedHashMap<>())
                  .put(tuple.get(last), value);
            });
    Map<Object, Keyed<V>> split = new LinkedHashMap<>();
    groups.forEach((key, windows) -> split.put(key, new Keyed<>(windows)));
    return split;
  }
}
