package io.windrow.collector.ensemble;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a collector hands from one step to the next: Qlib's dict of results, which may be nested.
 *
 * <p>A key is any value with an {@code equals}; a {@link List} stands for Qlib's tuple, so that
 * {@code ("LGBModel",)} is {@code List.of("LGBModel")} and no plain text. The order of keys is the
 * order they were put in, as in a dict.
 *
 * @param <V> type of a single result
 */
public sealed interface Results<V> {

  /** A single result. */
  record One<V>(V value) implements Results<V> {}

  /** Results by key. */
  record Keyed<V>(Map<Object, Results<V>> entries) implements Results<V> {
    public Keyed {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /** Results by key, one level deep. */
  static <V> Keyed<V> of(Map<?, ? extends V> values) {
    Map<Object, Results<V>> entries = new LinkedHashMap<>();
    values.forEach((key, value) -> entries.put(key, new One<>(value)));
    return new Keyed<>(entries);
  }

  /**
   * One level instead of several, as Qlib's {@code flatten_dict} with tuples as separator: the keys
   * nest to the left, {@code {c: {b: {x: 5}}}} becomes {@code {((c, b), x): 5}}. The key of a
   * single result by itself is the empty tuple.
   */
  default Map<Object, V> flat() {
    Map<Object, V> flat = new LinkedHashMap<>();
    if (this instanceof One<V> one) {
      flat.put(List.of(), one.value());
    } else if (this instanceof Keyed<V> keyed) {
      keyed.entries().forEach((key, value) -> Flattening.into(flat, key, value));
    }
    return flat;
  }

  /** The same with the keys on the way in one list each, whatever their depth. */
  default Map<List<Object>, V> paths() {
    Map<List<Object>, V> paths = new LinkedHashMap<>();
    if (this instanceof One<V> one) {
      paths.put(List.of(), one.value());
    } else if (this instanceof Keyed<V> keyed) {
      keyed
          .entries()
          .forEach(
              (key, results) ->
                  results
                      .paths()
                      .forEach(
                          (rest, value) -> {
                            List<Object> path = new ArrayList<>();
                            if (key instanceof List<?> tuple) {
                              path.addAll(tuple);
                            } else {
                              path.add(key);
                            }
                            path.addAll(rest);
                            paths.put(List.copyOf(path), value);
                          }));
    }
    return paths;
  }
}
