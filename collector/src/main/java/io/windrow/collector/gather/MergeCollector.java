package io.windrow.collector.gather;

import io.windrow.collector.ensemble.Processing;
import io.windrow.collector.ensemble.Results;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Several collectors as one: Qlib's MergeCollector. Each runs with its own processes first.
 *
 * @param collectors by name
 * @param merge makes the outer key of a collector's name and its own key; if two come out the same,
 *     the later result takes the place of the earlier
 * @param processes what is done with the merged results
 * @param <V> type of a single result
 */
public record MergeCollector<V>(
    Map<String, Collector<V>> collectors,
    BiFunction<String, Object, Object> merge,
    List<Processing<V>> processes)
    implements Collector<V> {

  public MergeCollector {
    collectors = Collections.unmodifiableMap(new LinkedHashMap<>(collectors));
    processes = List.copyOf(processes);
  }

  /** With Qlib's keys: the tuple (name of the collector, its key). */
  public MergeCollector(Map<String, Collector<V>> collectors) {
    this(collectors, List::of, List.of());
  }

  @Override
  public Mono<Map<Object, Results<V>>> collect() {
    return Flux.fromIterable(collectors.entrySet())
        .concatMap(
            entry -> entry.getValue().call().map(results -> renamed(entry.getKey(), results)))
        .reduce(
            new LinkedHashMap<>(),
            (all, one) -> {
              all.putAll(one);
              return all;
            });
  }

  private Map<Object, Results<V>> renamed(String collector, Map<Object, Results<V>> results) {
    Map<Object, Results<V>> renamed = new LinkedHashMap<>();
    results.forEach((key, value) -> renamed.put(merge.apply(collector, key), value));
    return renamed;
  }
}
