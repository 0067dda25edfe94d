package io.windrow.collector.gather;

import io.windrow.collector.ensemble.Processing;
import io.windrow.collector.ensemble.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Collects results by key and hands each through a list of processes: Qlib's Collector.
 *
 * @param <V> type of a single result
 */
public interface Collector<V> {

  /** The results as they are, for example by name of the artifact. */
  Mono<Map<Object, Results<V>>> collect();

  /** What is done with them, in this order; each of the outer keys goes through by itself. */
  List<Processing<V>> processes();

  /** Collects and processes. The outer keys stay. */
  default Mono<Map<Object, Results<V>>> call() {
    return collect()
        .map(
            collected -> {
              Map<Object, Results<V>> processed = new LinkedHashMap<>();
              collected.forEach(
                  (key, value) -> {
                    Results<V> result = value;
                    for (Processing<V> process : processes()) {
                      result = process.apply(result);
                    }
                    processed.put(key, result);
                  });
              return processed;
            });
  }
}
