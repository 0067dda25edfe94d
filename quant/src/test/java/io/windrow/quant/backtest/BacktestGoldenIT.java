package io.windrow.quant.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.Golden;
import io.windrow.quant.Shared;
import io.windrow.quant.Us100;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** 900 days of 100 real stocks, every figure of every day against Qlib's own back-test. */
class BacktestGoldenIT {

  /** The report was written with 12 digits, and all of them agree. */
  private static final double TOLERANCE = 1e-11;

  private static final String BENCHMARK = "GSPC";

  @TempDir private static Path folder;
  private static JsonNode golden;
  private static BacktestResult result;

  @BeforeAll
  static void run() throws IOException {
    golden = Golden.json(Shared.path("golden/backtest_reference.json")).get("us_top20_drop3");
    ScoreSeries.Builder scores = ScoreSeries.builder();
    for (String[] row : rows(Shared.path("golden/backtest_pred.csv.gz"))) {
      scores.add(LocalDate.parse(row[0]), row[1], Double.parseDouble(row[2]));
    }
    DataStore data = data();
    result = Backtest.run(data, scores.build(), settings(data.universe("all").symbols()));
  }

  private static BacktestSettings settings(List<String> symbols) {
    return new BacktestSettings(
        new DateRange(LocalDate.of(2017, 1, 3), LocalDate.of(2020, 7, 30)),
        1e8,
        Map.of(),
        List.of(BENCHMARK),
        StrategySettings.of(20, 3),
        new ExchangeSettings(
            "all",
            symbols,
            DateRange.ALL,
            "$close",
            "$close",
            new TradeLimit.None(),
            List.of(),
            List.of(),
            new ExchangeSettings.Costs(0.0005, 0.0015, 5, 0),
            1),
        false,
        BacktestSettings.Weighting.ORDERS);
  }

  @Test
  void everyDayOfTheReportIsThatOfQlib() throws IOException {
    List<String[]> expected = rows(Shared.path("golden/backtest_report_us_top20_drop3.csv.gz"));

    assertThat(result.report()).hasSize(expected.size()).hasSize(golden.get("rows").intValue());
    for (int day = 0; day < expected.size(); day++) {
      ReportDay actual = result.report().get(day);
      String[] row = expected.get(day);
      assertThat(actual.date()).isEqualTo(row[0]);
      assertClose("account", actual, actual.account(), row[1]);
      // A day's growth is a difference of accounts, so it is certain to the account's rounding.
      assertThat(actual.grossReturn())
          .as("return %s", actual)
          .isCloseTo(Double.parseDouble(row[2]), within(1e-12));
      assertClose("total_turnover", actual, actual.totalTurnover(), row[3]);
      assertClose("turnover", actual, actual.turnover(), row[4]);
      assertClose("total_cost", actual, actual.totalCost(), row[5]);
      assertClose("cost", actual, actual.cost(), row[6]);
      assertClose("value", actual, actual.value(), row[7]);
      assertClose("cash", actual, actual.cash(), row[8]);
      assertClose("bench", actual, actual.bench(), row[9]);
    }
    assertThat(result.report().get(899).account())
        .isCloseTo(
            golden.get("final_account").doubleValue(),
            within(TOLERANCE * golden.get("final_account").doubleValue()));
  }

  @Test
  void positionsOfTheFirstDaysAreThoseOfQlib() {
    golden
        .get("first3_positions")
        .forEachEntry(
            (date, positions) -> {
              Map<String, PositionDay> held = new HashMap<>();
              result.positions().stream()
                  .filter(position -> position.date().toString().equals(date))
                  .forEach(position -> held.put(position.instrument(), position));
              // Beside the instruments: cash and now_account_value.
              assertThat(held).hasSize(positions.size() - 2);
              held.forEach(
                  (symbol, position) -> {
                    JsonNode expected = positions.get(symbol);
                    assertClose(position.amount(), expected.get("amount"));
                    assertClose(position.price(), expected.get("price"));
                    assertClose(position.weight(), expected.get("weight"));
                    assertThat(position.days()).isEqualTo(expected.get("count_day").intValue());
                  });
            });
  }

  @Test
  void analysisIsThatOfQlib() {
    PortfolioAnalysis analysis = PortfolioAnalysis.of(result, BacktestSettings.Weighting.ORDERS);

    analysis
        .risks()
        .forEach(
            (name, risk) ->
                risk.figures()
                    .forEach((figure, value) -> assertClose(value, golden.get(name).get(figure))));
    assertThat(analysis.risks()).hasSize(2);
    assertThat(analysis.indicators())
        .allSatisfy(
            (name, value) -> assertClose(value, golden.get("indicator_analysis").get(name)));
  }

  private static void assertClose(String column, ReportDay day, double actual, String expected) {
    double value = Double.parseDouble(expected);
    assertThat(actual)
        .as("%s %s", column, day)
        .isCloseTo(value, within(TOLERANCE * Math.abs(value)));
  }

  private static void assertClose(double actual, JsonNode expected) {
    double value = expected.doubleValue();
    assertThat(actual).isCloseTo(value, within(TOLERANCE * Math.abs(value)));
  }

  /** The stocks with their factors, and the index. */
  private static DataStore data() throws IOException {
    DataStore bars = Us100.data();
    DataStoreWriter writer = new DataStoreWriter(folder);
    writer.calendar(bars.calendar());
    Universe all = bars.universe("all");
    writer.instruments("all", all);
    for (String symbol : all.symbols()) {
      for (String field : List.of("close", "volume")) {
        writer.series(symbol, field, bars.read(symbol, field));
      }
    }
    Map<String, float[]> factors = new HashMap<>();
    for (String[] row : rows(Shared.path("data/us100/factors.csv.gz"))) {
      factors
              .computeIfAbsent(row[0], symbol -> new float[bars.calendar().size()])[
              bars.calendar().ceiling(LocalDate.parse(row[1]))] =
          Float.parseFloat(row[2]);
    }
    factors.forEach((symbol, values) -> writer.series(symbol, "factor", new Series(0, values)));
    float[] index = new float[bars.calendar().size()];
    for (String line : Files.readAllLines(Shared.path("data/us100/_benchmark_GSPC.csv"))) {
      if (!line.startsWith("date")) {
        String[] row = line.split(",", -1);
        index[bars.calendar().ceiling(LocalDate.parse(row[0]))] = Float.parseFloat(row[1]);
      }
    }
    writer.series(BENCHMARK, "close", new Series(0, index));
    return DataStore.open(folder);
  }

  private static List<String[]> rows(Path file) throws IOException {
    List<String[]> rows = new ArrayList<>();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines.readLine(); // the header
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.add(line.split(",", -1));
      }
    }
    return rows;
  }
}
