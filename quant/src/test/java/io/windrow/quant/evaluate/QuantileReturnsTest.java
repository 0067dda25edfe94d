package io.windrow.quant.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantileReturnsTest {

  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  /** The figures are those of pandas with the slices that Qlib takes. */
  @Test
  void groupsAreOfEqualSizeAndTheRestIsLeftOut() {
    ScoreSeries.Builder predictions = ScoreSeries.builder();
    ScoreSeries.Builder labels = ScoreSeries.builder();
    double[] scores = {7, 6, 5, 4, 3, 2, 1};
    double[] returns = {0.07, 0.01, 0.05, Double.NaN, 0.03, 0.02, -0.9};
    for (int i = 0; i < scores.length; i++) {
      predictions.add(DAY, "S" + i, scores[i]);
      labels.add(DAY, "S" + i, returns[i]);
    }

    QuantileReturns.Day day =
        QuantileReturns.of(predictions.build(), labels.build(), 3).days().get(0);

    assertThat(day.date()).isEqualTo(DAY);
    assertThat(day.means()).hasSize(3);
    assertThat(day.means().get(0)).isCloseTo(0.04, within(1e-15));
    assertThat(day.means().get(1)).isCloseTo(0.05, within(1e-15)); // one label of two
    assertThat(day.means().get(2)).isCloseTo(0.025, within(1e-15)); // the seventh is in no group
    assertThat(day.longShort()).isCloseTo(0.015, within(1e-15));
    assertThat(day.longAverage()).isCloseTo(0.04 - (-0.72 / 6), within(1e-15));
  }

  @Test
  void aRowWithoutAPredictionCountsInTheAverageAlone() {
    ScoreSeries predictions =
        ScoreSeries.builder()
            .add(DAY, "A", 2)
            .add(DAY, "B", 1)
            .add(DAY, "C", Double.NaN)
            .add(DAY.plusDays(1), "A", 1)
            .add(DAY.plusDays(2), "A", 1)
            .add(DAY.plusDays(2), "B", 2)
            .build();
    ScoreSeries labels =
        ScoreSeries.builder()
            .add(DAY, "A", 0.1)
            .add(DAY, "B", 0.2)
            .add(DAY, "C", 0.6)
            .add(DAY, "D", 0.7)
            .add(DAY.plusDays(1), "A", 0.1)
            .build();

    List<QuantileReturns.Day> days = QuantileReturns.of(predictions, labels, 2).days();

    // The second day has fewer instruments than groups, the third no label yet.
    assertThat(days).hasSize(1);
    assertThat(days.get(0).means()).containsExactly(0.1, 0.2);
    assertThat(days.get(0).longShort()).isCloseTo(-0.1, within(1e-15));
    assertThat(days.get(0).longAverage()).isCloseTo(0.1 - 0.4, within(1e-15));
  }

  @Test
  void oneGroupIsNone() {
    ScoreSeries none = ScoreSeries.builder().build();
    assertThat(QuantileReturns.of(none, none, 5).days()).isEmpty();
    assertThatThrownBy(() -> QuantileReturns.of(none, none, 1))
        .hasMessageContaining("at least 2 groups");
  }
}
