package io.windrow.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a pool keeps what its tasks have come to.
 *
 * @param pool name of the pool
 * @param attempts what attempts that failed have left behind, such as a command's log, is kept so
 *     long after their end
 * @param results tasks with all that belongs to them (recorders, metrics, artifacts, their place in
 *     the collection) are kept so long after the last task of their submissions has ended; null for
 *     ever
 */
public record Retention(String pool, Duration attempts, @Nullable Duration results) {
  private static final Duration A_WEEK = Duration.ofDays(7);

  public Retention {
    if (attempts.isNegative()) {
      throw new IllegalArgumentException("attempts must not be negative, is " + attempts);
    }
    if (results != null && results.compareTo(attempts) < 0) {
      throw new IllegalArgumentException(
          "results (%s) must not be kept shorter than failed attempts (%s)"
              .formatted(results, attempts));
    }
  }

  /** Of a pool for which nobody has set it: failed attempts a week, results for ever. */
  public static Retention standard(String pool) {
    return new Retention(pool, A_WEEK, null);
  }
}
