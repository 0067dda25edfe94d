package io.windrow.pool;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What may run of each pool, or of each queue: kept by the dispatcher and checked again when a task
 * is claimed. Never more than the limit is run at once.
 */
public interface PoolLimits {

  /**
   * How much of a pool or queue may run.
   *
   * @param pool name of the pool or queue
   * @param paused nothing of it may start
   * @param maxRunning so many at once; {@link Integer#MAX_VALUE} for no limit
   * @param recall while it is paused, running tasks are taken back, too; otherwise they go on
   */
  record Limit(String pool, boolean paused, int maxRunning, boolean recall) {
    /** One under which running tasks go on. */
    public Limit(String pool, boolean paused, int maxRunning) {
      this(pool, paused, maxRunning, false);
    }

    public Limit {
      if (maxRunning < 1) {
        throw new IllegalArgumentException(
            "maxRunning of '%s' must be at least 1, is %d; to stop it, pause it"
                .formatted(pool, maxRunning));
      }
    }

    /** So many at once; null for no limit. */
    public @Nullable Integer bound() {
      return maxRunning == Integer.MAX_VALUE ? null : maxRunning;
    }

    /** A pool nobody has limited. */
    public static Limit none(String pool) {
      return new Limit(pool, false, Integer.MAX_VALUE);
    }
  }

  /** The limit of a pool, {@link Limit#none} if nobody has set one. */
  Mono<Limit> find(String pool);

  /** All limits that somebody has set. */
  Flux<Limit> list();

  /** Sets the limit of a pool. Other processes act on it within a second. */
  Mono<Void> set(Limit limit);

  /**
   * Sets the limit of a pool if it is still what it was.
   *
   * @return false if somebody else has changed it
   */
  Mono<Boolean> replace(Limit was, Limit now);
}
