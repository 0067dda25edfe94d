package io.windrow.quant.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.Golden;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SignalAnalysisTest {

  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  @Test
  void equalsQlibsCalcIc() {
    JsonNode micro = Golden.json("micro.json");
    MicroScores scores = MicroScores.of(micro);

    SignalAnalysis analysis = SignalAnalysis.of(scores.predictions(), scores.labels());

    JsonNode expected = micro.get("calc_ic");
    assertThat(analysis.days()).hasSize(3);
    for (int day = 0; day < 3; day++) {
      DailyIc actual = analysis.days().get(day);
      assertThat(actual.date()).isEqualTo(expected.get("ic").get(day).get(0).stringValue());
      assertClose(actual.ic(), expected.get("ic").get(day).get(1));
      assertClose(actual.rankIc(), expected.get("ric").get(day).get(1));
    }
    double first = expected.get("ic").get(0).get(1).doubleValue();
    double third = expected.get("ic").get(2).get(1).doubleValue();
    double mean = (first + third) / 2;
    assertThat(analysis.summary().get("IC")).isCloseTo(mean, within(1e-12));
    assertThat(analysis.summary().get("ICIR"))
        .isCloseTo(mean / (Math.abs(first - third) / Math.sqrt(2)), within(1e-12));
    assertThat(analysis.summary().keySet()).containsExactly("IC", "ICIR", "Rank IC", "Rank ICIR");
  }

  @Test
  void joinsRowsThatBothHave() {
    ScoreSeries predictions =
        ScoreSeries.builder()
            .add(DAY, "C", 3)
            .add(DAY, "A", 1)
            .add(DAY, "X", -100)
            .add(DAY.plusDays(1), "A", 1)
            .build();
    ScoreSeries labels =
        ScoreSeries.builder()
            .add(DAY, "A", 10)
            .add(DAY, "B", 1000)
            .add(DAY, "C", 30)
            .add(DAY.plusDays(2), "A", 1)
            .build();

    SignalAnalysis analysis = SignalAnalysis.of(predictions, labels);

    assertThat(analysis.days()).containsExactly(new DailyIc(DAY, 1, 1));
  }

  @Test
  void constantColumnHasNoCorrelation() {
    double[] constant = {0.1, 0.1, 0.1};
    double[] other = {1, 2, 3};

    assertThat(Correlation.pearson(constant, other)).isNaN();
    assertThat(Correlation.spearman(other, constant)).isNaN();
    assertThat(Correlation.pearson(new double[] {1}, new double[] {2})).isNaN();
  }

  @Test
  void laterSeriesWinsAnOverlay() {
    ScoreSeries early = ScoreSeries.builder().add(DAY, "B", 5).add(DAY, "A", 6).build();
    ScoreSeries late =
        ScoreSeries.builder().add(DAY.plusDays(1), "A", 2).add(DAY, "B", Double.NaN).build();

    ScoreSeries all = ScoreSeries.overlay(List.of(early, late));

    assertThat(all.size()).isEqualTo(3);
    assertThat(all.instrument(0)).isEqualTo("A");
    assertThat(all.value(0)).isEqualTo(6);
    assertThat(all.value(1)).isNaN();
    assertThat(all.date(2)).isEqualTo(DAY.plusDays(1));
    assertThat(all.dayCount()).isEqualTo(2);
    assertThat(all.between(DAY.plusDays(1), DAY.plusDays(9)).size()).isEqualTo(1);
  }

  private static void assertClose(double actual, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(expected.doubleValue(), within(1e-12));
    }
  }
}
