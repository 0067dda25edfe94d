package io.windrow.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void widens_to_whole_steps_and_keeps_zero() {
    Scale scale = Scale.withZero(-0.013, 0.087, 100, 0);
    assertThat(scale.low()).isCloseTo(-0.02, within(1e-12));
    assertThat(scale.high()).isCloseTo(0.1, within(1e-12));
    assertThat(scale.at(scale.low())).isEqualTo(100);
    assertThat(scale.at(scale.high())).isCloseTo(0, within(1e-9));
    assertThat(scale.ticks(5)).hasSize(7);
    assertThat(scale.label(0.02, 5)).isEqualTo("0.02");
  }

  @Test
  void survives_a_flat_series() {
    Scale scale = Scale.withZero(0, 0, 0, 10);
    assertThat(scale.low()).isLessThan(scale.high());
  }
}
