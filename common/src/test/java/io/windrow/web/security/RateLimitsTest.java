package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
  @Test
  void lets_a_burst_through_and_then_says_how_long_to_wait() {
    RateLimits limits = new RateLimits(1, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(limits.exhausted("a")).isFalse();
      assertThat(limits.take("a")).isEmpty();
    }
    assertThat(limits.exhausted("a")).isTrue();
    Optional<Duration> wait = limits.take("a");
    assertThat(wait).isPresent();
    assertThat(wait.orElseThrow()).isBetween(Duration.ofMillis(1), Duration.ofSeconds(1));
  }

  @Test
  void counts_each_caller_for_itself() {
    RateLimits limits = new RateLimits(1, 1);
    assertThat(limits.take("a")).isEmpty();
    assertThat(limits.take("a")).isPresent();
    assertThat(limits.take("b")).isEmpty();
  }
}
