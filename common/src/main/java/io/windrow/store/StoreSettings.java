package io.windrow.store;

import java.time.Duration;

/**
 * How the store behaves.
 *
 * @param retryFirst how long a task waits after its first failed attempt; doubled with each further
 *     one, and up to a quarter longer or shorter by chance so that retries do not come in step
 * @param retryMax it never waits longer
 * @param defer how long a task waits that was announced while its pool is paused or at its limit
 */
public record StoreSettings(Duration retryFirst, Duration retryMax, Duration defer) {
  public StoreSettings {
    if (retryFirst.isNegative() || defer.isNegative() || retryMax.compareTo(retryFirst) < 0) {
      throw new IllegalArgumentException(
          "retryFirst (%s) and defer (%s) must not be negative, retryMax (%s) not below retryFirst"
              .formatted(retryFirst, defer, retryMax));
    }
  }

  /** Five seconds, five minutes, one second. */
  public static StoreSettings defaults() {
    return new StoreSettings(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofSeconds(1));
  }

  /**
   * How long to wait before the next attempt.
   *
   * @param failed attempts so far, from 1
   * @param chance uniform in [0, 1)
   */
  Duration backOff(int failed, double chance) {
    double most = (double) retryMax.toMillis();
    double doubled = retryFirst.toMillis() * Math.pow(2, Math.max(0, failed - 1));
    double spread = Math.min(most, doubled) * (0.75 + chance / 2);
    return Duration.ofMillis(Math.round(Math.min(most, spread)));
  }
}
