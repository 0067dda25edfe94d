package io.windrow.collector.ensemble;

import io.windrow.collector.ensemble.Results.Keyed;
import io.windrow.collector.ensemble.Results.One;
import java.util.List;
import java.util.Map;

/** Walks down nested results. */
final class Flattening {
  private Flattening() {}

  static <V> void into(Map<Object, V> flat, Object key, Results<V> results) {
    if (results instanceof One<V> one) {
      flat.put(key, one.value());
    } else if (results instanceof Keyed<V> keyed) {
      keyed.entries().forEach((next, value) -> into(flat, List.of(key, next), value));
    }
  }
}
