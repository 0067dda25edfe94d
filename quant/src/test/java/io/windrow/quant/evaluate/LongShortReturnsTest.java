package io.windrow.quant.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.Golden;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LongShortReturnsTest {

  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  @Test
  void equalsQlibsCalcLongShortReturn() {
    JsonNode micro = Golden.json("micro.json");
    MicroScores scores = MicroScores.of(micro);
    JsonNode expected = micro.get("long_short");

    for (double part : new double[] {0.2, 0.4}) {
      List<LongShortReturns.Day> days =
          LongShortReturns.of(scores.predictions(), scores.labels(), part).days();

      JsonNode longShort = expected.get("q" + part + "_long_short");
      assertThat(days).hasSize(longShort.size());
      for (int i = 0; i < days.size(); i++) {
        assertThat(days.get(i).date()).isEqualTo(longShort.get(i).get(0).stringValue());
        assertThat(days.get(i).longShort())
            .isCloseTo(longShort.get(i).get(1).doubleValue(), within(1e-12));
        assertThat(days.get(i).average())
            .isCloseTo(expected.get("avg").get(i).get(1).doubleValue(), within(1e-12));
      }
    }
  }

  @Test
  void rowsWithoutAPredictionCountButAreTheLastResort() {
    ScoreSeries predictions =
        ScoreSeries.builder()
            .add(DAY, "A", 4)
            .add(DAY, "B", Double.NaN)
            .add(DAY, "C", 1)
            .add(DAY, "D", 3)
            .add(DAY.plusDays(1), "A", 1)
            .build();
    ScoreSeries labels =
        ScoreSeries.builder()
            .add(DAY, "A", 0.4)
            .add(DAY, "B", 9)
            .add(DAY, "C", 0.1)
            .add(DAY, "E", 0.5)
            .build();

    List<LongShortReturns.Day> days = LongShortReturns.of(predictions, labels, 0.4).days();

    // Five rows, so two at each end: A and D, whose label is missing; C and D.
    assertThat(days.get(0).longShort()).isCloseTo((0.4 - 0.1) / 2, within(1e-12));
    assertThat(days.get(0).average()).isCloseTo(10.0 / 4, within(1e-12));
    assertThat(days.get(1).longShort()).isNaN();
    assertThat(days.get(1).average()).isNaN();
  }

  @Test
  void summaryIsAnnualised() {
    LongShortReturns returns =
        new LongShortReturns(
            List.of(
                new LongShortReturns.Day(DAY, 0.01, 0.02),
                new LongShortReturns.Day(DAY.plusDays(1), 0.03, 0.02),
                new LongShortReturns.Day(DAY.plusDays(2), Double.NaN, 0.05)));

    Map<String, Double> summary = returns.summary(252);

    assertThat(summary.keySet())
        .containsExactly(
            "Long-Short Ann Return",
            "Long-Short Ann Sharpe",
            "Long-Avg Ann Return",
            "Long-Avg Ann Sharpe");
    assertThat(summary.get("Long-Short Ann Return")).isCloseTo(0.02 * 252, within(1e-12));
    assertThat(summary.get("Long-Short Ann Sharpe"))
        .isCloseTo(0.02 / (0.01 * Math.sqrt(2)) * Math.sqrt(252), within(1e-9));
    assertThat(summary.get("Long-Avg Ann Return")).isCloseTo(0.03 * 252, within(1e-12));
  }
}
