package io.windrow.quant.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.Us100;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan of Alpha360 against its 360 expressions, to the bit. */
class Alpha360PlanTest {

  private static final int DAYS = 150;
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

  @TempDir private Path folder;

  @Test
  void columns_are_in_the_order_of_qlib() {
    FactorSet alpha = FactorSet.alpha360();

    assertThat(alpha.names()).hasSize(360);
    assertThat(alpha.names())
        .startsWith("CLOSE59", "CLOSE58")
        .containsSubsequence("CLOSE0", "OPEN59", "HIGH59", "LOW59", "VWAP59", "VWAP0", "VOLUME59")
        .endsWith("VOLUME1", "VOLUME0");
    assertThat(alpha.expressions().get(0)).isEqualTo("Ref($close, 59)/$close");
    assertThat(alpha.expressions().get(59)).isEqualTo("$close/$close");
    assertThat(alpha.expressions().get(358)).isEqualTo("Ref($volume, 1)/($volume+1e-12)");
    assertThat(alpha.expressions().get(359)).isEqualTo("$volume/($volume+1e-12)");
  }

  @Test
  void gives_what_the_expressions_give_where_files_differ() {
    DataStoreWriter writer = new DataStoreWriter(folder);
    writer.calendar(
        new TradingCalendar(IntStream.range(0, DAYS).mapToObj(FIRST::plusDays).toList()));
    bars(writer, "FULL", 0, DAYS);
    bars(writer, "LATE", 70, DAYS);
    bars(writer, "GONE", 0, 90);
    bars(writer, "NO_VWAP", 0, DAYS, "vwap");
    bars(writer, "NO_CLOSE", 0, DAYS, "close");
    bars(writer, "UNEVEN", 20, DAYS, "open", "volume");
    series(writer, "UNEVEN", "open", 0, 120);
    series(writer, "UNEVEN", "volume", 40, 110);
    DataStore data = DataStore.open(folder);
    Universe universe =
        data.universe(List.of("FULL", "LATE", "GONE", "NO_VWAP", "NO_CLOSE", "UNEVEN", "ABSENT"));

    assertThat(compare(data, universe, 0, DAYS - 1)).isEqualTo(150 + 80 + 90 + 150 + 150 + 150);
    assertThat(compare(data, universe, 65, 130)).isEqualTo(66 + 61 + 25 + 66 + 66 + 66);
  }

  @Test
  void gives_what_the_expressions_give_on_real_bars() {
    DataStore data = Us100.data();
    Universe universe = data.universe(List.of("C", "WYNN"));

    assertThat(compare(data, universe, 10, 200)).isEqualTo(2 * 191);
  }

  /** Compares all values and counts the rows. */
  private static long compare(DataStore data, Universe universe, int first, int last) {
    LocalDate from = data.calendar().day(first);
    LocalDate to = data.calendar().day(last);
    FactorSet alpha = FactorSet.alpha360();
    List<String> names = new ArrayList<>(alpha.names());
    List<String> expressions = new ArrayList<>(alpha.expressions());
    names.add("extra");
    expressions.add("$close");
    assertThat(FactorPlan.of(alpha)).isInstanceOf(Alpha360Plan.class);
    FactorSet general = FactorSet.of(names, expressions);
    assertThat(FactorPlan.of(general)).isInstanceOf(ExpressionPlan.class);
    FactorEngine engine = new FactorEngine(2);

    Panel actual = engine.compute(data, universe, alpha, from, to);
    Panel expected = engine.compute(data, universe, general, from, to);

    assertThat(actual.days().stream().map(CrossSection::date))
        .isEqualTo(expected.days().stream().map(CrossSection::date).toList());
    for (int day = 0; day < actual.days().size(); day++) {
      CrossSection rows = actual.days().get(day);
      CrossSection others = expected.days().get(day);
      assertThat(rows.instruments()).isEqualTo(others.instruments());
      for (int row = 0; row < rows.rows(); row++) {
        assertThat(Arrays.copyOfRange(rows.values(), row * 360, row * 360 + 360))
            .as("row %d on day %d", row, day)
            .isEqualTo(Arrays.copyOfRange(others.values(), row * 361, row * 361 + 360));
      }
    }
    return actual.rows();
  }

  private static void bars(
      DataStoreWriter writer, String symbol, int start, int end, String... without) {
    for (String field : Alpha360.FIELDS) {
      if (!Arrays.asList(without).contains(field)) {
        series(writer, symbol, field, start, end);
      }
    }
  }

  /** Values with gaps, zeros and infinities. */
  private static void series(
      DataStoreWriter writer, String symbol, String field, int start, int end) {
    Random random = new Random((symbol + field).hashCode());
    float[] odd = {Float.NaN, 0, Float.POSITIVE_INFINITY};
    float[] values = new float[end - start];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(10) == 0 ? odd[random.nextInt(3)] : 10 + random.nextFloat();
    }
    writer.series(symbol, field, new Series(start, values));
  }
}
