package io.windrow.quant.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ScoreSeriesTest {

  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  @Test
  void sortsByDayThenName() {
    ScoreSeries series =
        ScoreSeries.builder()
            .add(DAY.plusDays(1), "A", 1)
            .add(DAY, "b", 2)
            .add(DAY, "B", 3)
            .build();

    assertThat(series.instrument(0)).isEqualTo("B");
    assertThat(series.instrument(1)).isEqualTo("b");
    assertThat(series.date(2)).isEqualTo(DAY.plusDays(1));
    assertThat(series.value(2)).isEqualTo(1);
  }

  @Test
  void refusesTwoValuesForOneRow() {
    ScoreSeries.Builder rows = ScoreSeries.builder().add(DAY, "A", 1).add(DAY, "A", 2);

    assertThatThrownBy(rows::build).hasMessage("two values for A on 2020-01-02");
  }

  @Test
  void growsBeyondItsFirstRoom() {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (int i = 2999; i >= 0; i--) {
      rows.add(i, "A", i);
    }

    ScoreSeries series = rows.build();

    assertThat(series.size()).isEqualTo(3000);
    assertThat(series.value(1234)).isEqualTo(1234);
  }
}
