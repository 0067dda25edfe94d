package io.windrow.collector.ensemble;

import io.windrow.collector.ensemble.Results.Keyed;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes the only entry out of results that have one, as Qlib's SingleKeyEnsemble does. A single
 * result and results without or with several entries stay as they are.
 *
 * @param recursive whether the inner levels are unwrapped first, Qlib's default
 * @param <V> type of a single result
 */
public record SingleKeyEnsemble<V>(boolean recursive) implements Processing<V> {

  @Override
  public Results<V> apply(Results<V> results) {
    if (!(results instanceof Keyed<V> keyed)) {
      return results;
    }
    Map<Object, Results<V>> entries = keyed.entries();
    if (recursive) {
      Map<Object, Results<V>> inner = new LinkedHashMap<>();
      keyed.entries().forEach((key, value) -> inner.put(key, apply(value)));
      entries = inner;
    }
    return entries.size() == 1 ? entries.values().iterator().next() : new Keyed<>(entries);
  }
}
