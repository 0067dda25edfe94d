package io.windrow.collector.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.evaluate.ScoreSeries;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollingEnsembleTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  private final GoldenFrames golden = new GoldenFrames();

  RollingEnsembleTest() throws IOException {}

  @ParameterizedTest
  @ValueSource(strings = {"{A,B}", "{B,C}", "{C,B}"})
  void rollsAsQlibDoes(String frames) {
    List<ScoreSeries> windows =
        List.of(frames.substring(1, frames.length() - 1).split(",")).stream()
            .map(name -> golden.frame("rolling_ensemble", name))
            .toList();

    ScoreSeries rolled = RollingEnsemble.roll(windows);

    assertThat(rows(rolled)).isEqualTo(rows(golden.frame("rolling_ensemble", frames)));
  }

  @Test
  void letsANanOfTheLaterWindowWin() {
    ScoreSeries early = ScoreSeries.builder().add(DAY, "A", 1).add(DAY.plusDays(1), "A", 2).build();
    ScoreSeries late = ScoreSeries.builder().add(DAY.plusDays(1), "A", Double.NaN).build();

    ScoreSeries rolled = RollingEnsemble.roll(List.of(late, early));

    assertThat(rows(rolled)).containsExactly("2020-01-02 A 1.0", "2020-01-03 A NaN");
  }

  @Test
  void passesOverEmptyWindows() {
    ScoreSeries empty = ScoreSeries.builder().build();
    ScoreSeries one = ScoreSeries.builder().add(DAY, "A", 1).build();

    assertThat(rows(RollingEnsemble.roll(List.of(empty, one)))).containsExactly("2020-01-02 A 1.0");
    assertThat(RollingEnsemble.roll(List.of()).isEmpty()).isTrue();
  }

  static List<String> rows(ScoreSeries series) {
    return IntStream.range(0, series.size())
        .mapToObj(i -> series.date(i) + " " + series.instrument(i) + " " + series.value(i))
        .toList();
  }
}
