package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  private final Hand time = new Hand();

  @Test
  void lets_a_burst_through_and_then_says_how_long_to_wait() {
    RateLimits limits = new RateLimits(1, 3, time);
    for (int i = 0; i < 3; i++) {
      assertThat(limits.exhausted("a")).isFalse();
      assertThat(limits.take("a")).isEmpty();
    }
    assertThat(limits.exhausted("a")).isTrue();
    time.pass(Duration.ofMillis(400));
    assertThat(limits.take("a")).contains(Duration.ofMillis(600));
    time.pass(Duration.ofMillis(600));
    assertThat(limits.take("a")).isEmpty();
  }

  @Test
  void counts_each_caller_for_itself() {
    RateLimits limits = new RateLimits(1, 1, time);
    assertThat(limits.take("a")).isEmpty();
    assertThat(limits.take("a")).isPresent();
    assertThat(limits.take("b")).isEmpty();
  }

  /** A clock that is moved by hand. */
  private static final class Hand implements TimeMeter {
    private long nanos;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
