package io.windrow.web.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/** A bucket for each caller: it fills at a steady rate, and each request takes one out of it. */
final class RateLimits {
  private static final int MOST_CALLERS = 10_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final LoadingCache<String, Bucket> buckets;

  /**
   * @param rate requests a second
   * @param burst requests at once after a pause
   */
  RateLimits(int rate, int burst) {
    this(rate, burst, TimeMeter.SYSTEM_NANOTIME);
  }

  RateLimits(int rate, int burst, TimeMeter time) {
    // By then a bucket is full again, so a new one is the same.
    Duration full = SECOND.multipliedBy(1 + burst / rate);
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterAccess(full)
            .ticker(time::currentTimeNanos)
            .build(
                caller ->
                    Bucket.builder()
                        .withCustomTimePrecision(time)
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, SECOND))
                        .build());
  }

  /**
   * Counts a request.
   *
   * @return empty if it may go on, or how long to wait for the next that may
   */
  Optional<Duration> take(String caller) {
    ConsumptionProbe probe = buckets.get(caller).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /** Whether there is none left, without counting. */
  boolean exhausted(String caller) {
    return buckets.get(caller).getAvailableTokens() < 1;
  }
}
