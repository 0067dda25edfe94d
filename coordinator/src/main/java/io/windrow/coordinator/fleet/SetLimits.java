package io.windrow.coordinator.fleet;

import io.windrow.pool.PoolLimits;
import io.windrow.pool.PoolLimits.Limit;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The limits that somebody has set.
 *
 * @param pools by name of the pool
 * @param queues by name of the queue
 */
public record SetLimits(Map<String, Limit> pools, Map<String, Limit> queues) {

  /** Those of now. */
  public static Mono<SetLimits> read(PoolLimits pools, PoolLimits queues) {
    return Mono.zip(byName(pools), byName(queues), SetLimits::new);
  }

  private static Mono<Map<String, Limit>> byName(PoolLimits limits) {
    return limits.list().collectMap(Limit::pool);
  }

  /** Of a pool; none if nobody has set one. */
  public Limit pool(String name) {
    return pools.getOrDefault(name, Limit.none(name));
  }

  Limit queue(String name) {
    return queues.getOrDefault(name, Limit.none(name));
  }
}
