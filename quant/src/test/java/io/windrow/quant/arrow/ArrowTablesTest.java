package io.windrow.quant.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.evaluate.DailyIc;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrowTablesTest {

  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  @Test
  void readsBackWhatItWrote() {
    ScoreSeries series =
        ScoreSeries.builder().add(DAY, "A", 0.1).add(DAY, "BRK.B", Double.NaN).build();

    byte[] bytes =
        ArrowTables.write(new ScoreTable("score", series, Map.of("windrow.partial", "true")));
    ScoreTable read = ArrowTables.read(bytes);

    assertThat(new String(bytes, 0, 6, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("ARROW1");
    assertThat(read.column()).isEqualTo("score");
    assertThat(read.metadata()).containsEntry("windrow.partial", "true");
    assertThat(read.series().size()).isEqualTo(2);
    assertThat(read.series().value(0)).isEqualTo(0.1);
    assertThat(read.series().instrument(1)).isEqualTo("BRK.B");
    assertThat(read.series().value(1)).isNaN();
  }

  @Test
  void emptySeriesIsATable() {
    ScoreTable empty = new ScoreTable("LABEL0", ScoreSeries.builder().build());

    assertThat(ArrowTables.read(ArrowTables.write(empty)).series().isEmpty()).isTrue();
  }

  @Test
  void readsBackAnAnalysis() {
    SignalAnalysis analysis = new SignalAnalysis(List.of(new DailyIc(DAY, 0.5, Double.NaN)));

    assertThat(ArrowTables.readAnalysis(ArrowTables.write(analysis, Map.of()))).isEqualTo(analysis);
  }

  @Test
  void refusesOtherBytes() {
    assertThatThrownBy(() -> ArrowTables.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an Arrow IPC file");
  }
}
