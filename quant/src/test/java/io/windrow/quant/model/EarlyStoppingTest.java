package io.windrow.quant.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  @Test
  void firstOfEqualRoundsIsTheBest() {
    EarlyStopping stopping = EarlyStopping.lightGbm(List.of("l2"), 2);

    assertThat(stopping.shouldStop(0, new double[] {3})).isFalse();
    assertThat(stopping.shouldStop(1, new double[] {2})).isFalse();
    assertThat(stopping.shouldStop(2, new double[] {2})).isFalse();
    assertThat(stopping.shouldStop(3, new double[] {2})).isTrue();
    assertThat(stopping.bestIteration()).isEqualTo(2);
  }

  @Test
  void anyMetricStopsAtItsOwnBest() {
    EarlyStopping stopping = EarlyStopping.lightGbm(List.of("l2", "auc"), 1);

    assertThat(stopping.shouldStop(0, new double[] {3, 0.5})).isFalse();
    assertThat(stopping.shouldStop(1, new double[] {2, 0.6})).isFalse();
    assertThat(stopping.shouldStop(2, new double[] {1, 0.6})).isTrue();
    assertThat(stopping.bestIteration()).isEqualTo(2);
  }

  @Test
  void withoutAStopTheFirstMetricCounts() {
    EarlyStopping stopping = EarlyStopping.lightGbm(List.of("l2", "l1"), 9);

    assertThat(stopping.shouldStop(0, new double[] {1, 3})).isFalse();
    assertThat(stopping.shouldStop(1, new double[] {2, 2})).isFalse();
    assertThat(stopping.bestIteration()).isEqualTo(1);
  }
}
