package io.windrow.quant.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withPrecision;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.factor.expression.ExpressionException;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactorEngineTest {

  private static final int DAYS = 90;
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  private static final FactorSet CLOSE = FactorSet.of(List.of("c"), List.of("$close"));

  @TempDir private Path folder;
  private DataStore data;

  /** Market B lists its bars from day 10 on, E has no volume on its first day, M no file at all. */
  @BeforeEach
  void write() {
    DataStoreWriter writer = new DataStoreWriter(folder);
    writer.calendar(
        new TradingCalendar(IntStream.range(0, DAYS).mapToObj(FIRST::plusDays).toList()));
    Random random = new Random(1);
    for (String symbol : List.of("A", "B", "E")) {
      int start = symbol.equals("B") ? 10 : 0;
      for (String field : List.of("open", "high", "low", "close", "volume")) {
        int from = symbol.equals("E") && field.equals("volume") ? 1 : start;
        float[] values = new float[DAYS - from];
        for (int i = 0; i < values.length; i++) {
          values[i] = 10 + random.nextFloat();
        }
        writer.series(symbol, field, new Series(from, values));
      }
    }
    data = DataStore.open(folder);
  }

  private static LocalDate day(int index) {
    return FIRST.plusDays(index);
  }

  private Panel compute(Universe universe, FactorSet factors, int from, int to) {
    return new FactorEngine(2).compute(data, universe, factors, day(from), day(to));
  }

  @Test
  void rows_are_the_days_in_a_span_that_the_files_cover() {
    Universe universe =
        new Universe(
            List.of(
                new Universe.Member(
                    "A",
                    List.of(
                        new Universe.Span(day(-5), day(6)), new Universe.Span(day(8), day(300)))),
                new Universe.Member("B", List.of(new Universe.Span(day(0), day(11)))),
                new Universe.Member("M", List.of(new Universe.Span(day(0), day(20))))));

    Panel panel = compute(universe, CLOSE, 5, 12);

    assertThat(panel.symbols()).containsExactly("A", "B", "M");
    assertThat(panel.days().stream().map(CrossSection::date))
        .containsExactly(day(5), day(6), day(8), day(9), day(10), day(11), day(12));
    assertThat(panel.days().stream().map(CrossSection::rows)).containsExactly(1, 1, 1, 1, 2, 2, 1);
    assertThat(panel.days().get(4).values()[1]).isEqualTo(data.read("B", "close").values()[0]);
  }

  @Test
  void the_days_asked_for_do_not_change_a_value() {
    Universe universe = data.universe(List.of("A", "B"));
    Panel whole = compute(universe, FactorSet.alpha158(), 0, DAYS - 1);

    Panel part = compute(universe, FactorSet.alpha158(), 70, 75);

    List<CrossSection> same = whole.between(day(70), day(75)).days();
    assertThat(part.days()).hasSize(6);
    for (int day = 0; day < 6; day++) {
      assertThat(part.days().get(day).values()).isEqualTo(same.get(day).values());
    }
  }

  @Test
  void another_instruments_fields_come_from_its_own_files() {
    FactorSet ratio =
        FactorSet.of(
            List.of("own", "other", "ratio", "masked"),
            List.of(
                "Mean($close, 3)",
                "ChangeInstrument('B', Mean($close, 3))",
                "Mean($close, 3)/ChangeInstrument(\"B\", Mean($close, 3))",
                "Mask(Mean($close, 3), 'B')"));

    Panel panel = compute(data.universe(List.of("A", "B", "M")), ratio, 5, 20);

    for (CrossSection day : panel.days()) {
      float[] values = day.values();
      if (day.rows() == 3) {
        assertThat(values[2]).isEqualTo(values[0] / values[1], withPrecision(1e-6f));
        assertThat(values[1]).isEqualTo(values[3]).isEqualTo(values[4]).isEqualTo(values[5]);
      } else {
        assertThat(values[1]).isNaN();
      }
    }
    // M has no file, but B's days are days on which the factors have values.
    assertThat(panel.days().get(5).instruments()).containsExactly(0, 1, 2);
    assertThat(panel.days().get(4).instruments()).containsExactly(0);
  }

  @Test
  void an_instrument_that_the_data_lacks_is_named() {
    FactorSet wrong = FactorSet.of(List.of("f"), List.of("$close/ChangeInstrument('SPY',$close)"));

    assertThatThrownBy(() -> compute(data.universe(List.of("A")), wrong, 0, 5))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a factor asks for $close of \"SPY\"");
  }

  @Test
  void days_outside_the_calendar_are_refused() {
    Universe universe = data.universe(List.of("A"));

    assertThatThrownBy(() -> compute(universe, CLOSE, DAYS, DAYS + 5))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no trading day lies from 2020-03-31 to 2020-04-05")
        .hasMessageContaining("the calendar runs from 2020-01-01 to 2020-03-30");
    assertThatThrownBy(() -> compute(universe, CLOSE, 5, 4)).isInstanceOf(DataException.class);
    assertThat(compute(universe, CLOSE, -9, DAYS + 9).days()).hasSize(DAYS);
  }

  @Test
  void a_broken_file_and_a_broken_expression_are_named() throws IOException {
    Files.write(folder.resolve("features/b/close.day.bin"), new byte[5]);
    Universe universe = data.universe(List.of("A", "B"));

    assertThatThrownBy(() -> compute(universe, CLOSE, 0, 5))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("close.day.bin is truncated");
    FactorSet wrong = FactorSet.of(List.of("MINE"), List.of("Maen($close,5)"));
    assertThatThrownBy(() -> compute(universe, wrong, 0, 5))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("factor MINE: unknown operator Maen (did you mean 'Mean'?)");
  }

  @Test
  void an_interrupted_thread_stops_computing() {
    Universe universe = data.universe(List.of("A", "B"));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> compute(universe, CLOSE, 0, 5))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
