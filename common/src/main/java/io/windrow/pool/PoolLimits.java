package io.windrow.pool;

import reactor.core.publisher.Mono;

/** What may run of each pool. Kept by the dispatcher and checked again when a task is claimed. */
public interface PoolLimits {

  /**
   * How much of a pool may run.
   *
   * @param pool name of the pool
   * @param paused nothing of it may start; what runs goes on
   * @param maxRunning so many at once; {@link Integer#MAX_VALUE} for no limit
   */
  record Limit(String pool, boolean paused, int maxRunning) {
    public Limit {
      if (maxRunning < 1) {
        throw new IllegalArgumentException(
            "maxRunning of pool '%s' must be at least 1, is %d; to stop it, pause it"
                .formatted(pool, maxRunning));
      }
    }

    /** A pool nobody has limited. */
    public static Limit none(String pool) {
      return new Limit(pool, false, Integer.MAX_VALUE);
    }
  }

  /** The limit of a pool, {@link Limit#none} if nobody has set one. */
  Mono<Limit> find(String pool);

  /** Sets the limit of a pool. Other processes act on it within a second. */
  Mono<Void> set(Limit limit);
}
