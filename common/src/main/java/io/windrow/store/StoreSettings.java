package io.windrow.store;

import io.windrow.task.BackOff;
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
  private static final double JITTER = 0.25;

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

  /** For tasks whose workflow says nothing about it. */
  BackOff backOff() {
    return new BackOff(retryFirst, retryMax, JITTER);
  }
}
