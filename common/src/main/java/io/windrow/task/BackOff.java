package io.windrow.task;

import java.time.Duration;

/**
 * How long a failed task waits for its next attempt: doubled with each failure, spread by chance so
 * that tasks that failed together do not come back in step.
 *
 * @param first the wait after the first failure
 * @param max it never waits longer
 * @param jitter the part of the wait that chance may add or take away, 0 to 1
 */
public record BackOff(Duration first, Duration max, double jitter) {
  private static final Duration LONGEST = Duration.ofDays(30);

  public BackOff {
    if (first.isNegative() || max.compareTo(first) < 0 || max.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a back-off must not be negative, nor max (%s) below first (%s) or above 30 days"
              .formatted(max, first));
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be 0 to 1, is " + jitter);
    }
  }

  /**
   * The wait before the next attempt.
   *
   * @param failed attempts so far, from 1
   * @param chance uniform in [0, 1)
   */
  public Duration after(int failed, double chance) {
    double most = (double) max.toMillis();
    double doubled = first.toMillis() * Math.pow(2, Math.max(0, failed - 1));
    double spread = Math.min(most, doubled) * (1 + jitter * (2 * chance - 1));
    return Duration.ofMillis(Math.round(Math.min(most, spread)));
  }
}
