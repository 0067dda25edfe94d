package io.windrow.pool;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many outcomes are recorded and not known to be published.
 *
 * @param outcomes how many
 * @param since when the first of them was recorded, or null
 */
public record OutboxSize(long outcomes, @Nullable Instant since) {
  /** Everything is published. */
  public static final OutboxSize EMPTY = new OutboxSize(0, null);

  /** How long the first has waited; 0 if none does. */
  public Duration age(Instant now) {
    return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }
}
