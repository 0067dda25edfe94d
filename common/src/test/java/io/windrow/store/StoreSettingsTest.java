package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {
  private final StoreSettings settings =
      new StoreSettings(Duration.ofSeconds(8), Duration.ofSeconds(60), Duration.ofSeconds(1));

  @Test
  void the_wait_doubles_up_to_its_bound() {
    assertThat(settings.backOff().after(1, 0.5)).isEqualTo(Duration.ofSeconds(8));
    assertThat(settings.backOff().after(2, 0.5)).isEqualTo(Duration.ofSeconds(16));
    assertThat(settings.backOff().after(3, 0.5)).isEqualTo(Duration.ofSeconds(32));
    assertThat(settings.backOff().after(4, 0.5)).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.backOff().after(1000, 0.99)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void chance_spreads_it_by_a_quarter() {
    assertThat(settings.backOff().after(1, 0)).isEqualTo(Duration.ofSeconds(6));
    assertThat(settings.backOff().after(1, 0.999999))
        .isBetween(Duration.ofMillis(9_990), Duration.ofSeconds(10));
  }

  @Test
  void a_bound_below_the_first_wait_is_refused() {
    assertThatThrownBy(
            () -> new StoreSettings(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("retryMax (PT1S)");
  }
}
