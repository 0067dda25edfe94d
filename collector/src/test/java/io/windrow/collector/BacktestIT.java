package io.windrow.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.evaluate.QuantileReturns;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.record.BacktestTables;
import io.windrow.quant.record.SeriesBacktest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Back-tests of what the windows come to, asked of a collector over its socket. */
class BacktestIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String JSON = "application/json";
  private static final String ARROW = "application/vnd.apache.arrow.file";
  private static final int DAYS = 30;

  @TempDir static Path folder;
  private static Cluster cluster;
  private static ConfigurableApplicationContext collector;

  @BeforeAll
  static void start() {
    writeMarket(folder.resolve("roots/market"));
    writeMarket(folder.resolve("elsewhere"));
    cluster = new Cluster(folder.resolve("broker"));
    collector = cluster.collector("backtest", "--windrow.data.roots=" + folder.resolve("roots"));
  }

  @AfterAll
  static void stop() {
    collector.close();
    cluster.close();
  }

  @Test
  void tradesTheWholeSeriesAndNotTheWindows() {
    Experiment experiment = finished("whole", asking("market"), 0, 1, 2);
    JsonNode group = await(experiment, "", c -> c.get("complete").asBoolean());

    ScoreSeries predictions = ArrowTables.read(ok(series(experiment, "pred", ARROW))).series();
    SeriesBacktest.Outcome expected = expected(predictions);
    assertThat(expected.result().report()).hasSize(12);
    assertThat(expected.result().positions()).isNotEmpty();

    assertThat(group.get("backtest").get("state").asString()).isEqualTo("done");
    assertThat(group.get("backtest").get("days").toString())
        .isEqualTo("[\"2020-01-06\",\"2020-01-17\"]");
    assertThat(expected.analysis().metrics())
        .containsKey("1day.excess_return_with_cost.information_ratio")
        .allSatisfy(
            (name, value) ->
                assertThat(group.get("statistics").get(name).asDouble()).isEqualTo(value));
    // To the bit: the same code on the same numbers.
    assertThat(RowTable.read(ok(series(experiment, "report", ARROW))))
        .isEqualTo(BacktestTables.report(expected.result().report()).columns());
    assertThat(RowTable.read(ok(series(experiment, "positions", ARROW))))
        .isEqualTo(BacktestTables.positions(expected.result().positions()).columns());
    assertThat(RowTable.read(ok(series(experiment, "port_analysis", ARROW))))
        .isEqualTo(BacktestTables.risks(expected.analysis()).columns());

    JsonNode report = json(ok(series(experiment, "report", JSON)));
    assertThat(report.get("datetime").get(0).asString()).isEqualTo("2020-01-06");
    assertThat(report.get("account").size()).isEqualTo(12);
    assertThat(json(ok(series(experiment, "positions", JSON))).get("count_day").get(0).asInt())
        .isEqualTo(1);
    assertThat(
            json(ok(series(experiment, "port_analysis", JSON)))
                .get("excess_return_with_cost")
                .get("max_drawdown")
                .asDouble())
        .isEqualTo(expected.analysis().withCost().maxDrawdown());
    assertThat(series(experiment, "report", ARROW).headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(header -> assertThat(header).contains("report_normal_1day.arrow"));
  }

  @Test
  void groupsOfTheScoresNeedNoMarketData() {
    Experiment experiment = finished("fifths", Map.of("record", "SignalRecord"), 0, 1);
    await(experiment, "", c -> c.get("complete").asBoolean());
    QuantileReturns expected =
        QuantileReturns.of(
            ArrowTables.read(ok(series(experiment, "pred", ARROW))).series(),
            ArrowTables.read(ok(series(experiment, "label", ARROW))).series(),
            5);

    Map<String, List<Object>> table = RowTable.read(ok(series(experiment, "quantiles", ARROW)));

    assertThat(table.keySet())
        .containsExactly(
            "datetime",
            "group1",
            "group2",
            "group3",
            "group4",
            "group5",
            "long_short",
            "long_average");
    assertThat(table.get("long_short"))
        .hasSize(9)
        .isEqualTo(expected.days().stream().map(day -> (Object) day.longShort()).toList());
    assertThat(table.get("group2"))
        .isEqualTo(expected.days().stream().map(day -> (Object) day.means().get(1)).toList());
  }

  @Test
  void aSeriesWithGapsIsTradedOnlyWhenAPartIsAskedFor() {
    Experiment experiment = finished("gaps", asking("market"), 0, 2);
    Predicate<JsonNode> two = c -> c.get("collected").asInt() == 2;
    assertThat(await(experiment, "", two).get("backtest").get("state").asString())
        .isEqualTo("incomplete");
    assertThat(series(experiment, "report", ARROW).statusCode()).isEqualTo(409);

    JsonNode part = await(experiment, "?partial=true", two);
    HttpResponse<byte[]> report = series(experiment, "report?partial=true", ARROW);

    assertThat(part.get("backtest").get("state").asString()).isEqualTo("done");
    assertThat(report.headers().firstValue("Windrow-Partial")).hasValue("true");
    assertThat(RowTable.read(ok(report)))
        .isEqualTo(
            BacktestTables.report(expected(experiment.rolled(0, 2)).result().report()).columns());
  }

  @Test
  void saysWhatIsMissingAndServesAllElse() {
    Experiment experiment = finished("rootless", asking("market"), 0, 1, 2);
    await(experiment, "", c -> c.get("complete").asBoolean());
    try (ConfigurableApplicationContext rootless = cluster.collector("backtest")) {
      JsonNode group = collection(rootless, experiment, "").get("groups").get(0);

      assertThat(group.get("rows").asInt()).isEqualTo(13 * Experiment.STOCKS);
      assertThat(group.get("statistics").has("IC")).isTrue();
      assertThat(group.get("backtest").get("state").asString()).isEqualTo("unavailable");
      assertThat(group.get("backtest").get("message").asString()).contains("windrow.data.roots");
      HttpResponse<byte[]> refused = series(rootless, experiment, "report", ARROW);
      assertThat(refused.statusCode()).isEqualTo(409);
      assertThat(json(refused.body()).get("detail").asString()).contains("--data-root");
      ok(series(rootless, experiment, "pred", ARROW));
    }
  }

  @Test
  void readsNoFolderOutsideOfItsRoots() {
    String outside = folder.resolve("elsewhere").toString();
    Experiment experiment = finished("outside", asking(outside), 0, 1, 2);

    JsonNode group = await(experiment, "", c -> c.get("complete").asBoolean());

    assertThat(group.get("backtest").get("state").asString()).isEqualTo("unavailable");
    assertThat(group.get("backtest").get("message").asString())
        .contains("lies under none of the data roots");
  }

  @Test
  void withoutThePortAnaRecordThereIsNone() {
    Experiment experiment = finished("none", Map.of("record", "SignalRecord"), 0, 1, 2);

    JsonNode group = await(experiment, "", c -> c.get("complete").asBoolean());

    assertThat(group.get("backtest").get("state").asString()).isEqualTo("none");
    assertThat(series(experiment, "report", ARROW).statusCode()).isEqualTo(404);
    assertThat(json(series(experiment, "profit", ARROW).body()).get("detail").asString())
        .contains("pred, label, ic, quantiles, report, positions, port_analysis");
  }

  /** Three windows, of which these are done. */
  private static Experiment finished(String name, Map<String, Object> more, int... windows) {
    int count = windows[windows.length - 1] + 1;
    Experiment experiment = new Experiment(collector, name, count, more);
    for (int window : windows) {
      cluster.publish(experiment.finish(window));
    }
    return experiment;
  }

  private static Map<String, Object> asking(String providerUri) {
    return Map.of(
        "qlib_init",
        Map.of("provider_uri", providerUri, "region", "us"),
        "record",
        List.of(
            Map.of("class", "SignalRecord"),
            Map.of(
                "class",
                "PortAnaRecord",
                "module_path",
                "qlib.workflow.record_temp",
                "kwargs",
                Map.of(
                    "config",
                    Map.of(
                        "strategy",
                        Map.of(
                            "class",
                            "TopkDropoutStrategy",
                            "kwargs",
                            Map.of("signal", "<PRED>", "topk", 4, "n_drop", 1)),
                        "backtest",
                        Map.of(
                            "account",
                            1_000_000,
                            "benchmark",
                            "INDEX",
                            "exchange_kwargs",
                            Map.of("open_cost", 0.0005, "close_cost", 0.0015)))))));
  }

  private static SeriesBacktest.Outcome expected(ScoreSeries predictions) {
    return SeriesBacktest.of(asking("market"))
        .orElseThrow()
        .run(DataStore.open(folder.resolve("roots/market")), predictions);
  }

  /** The stocks of {@link Experiment} and an index, every day of a month. */
  private static void writeMarket(Path market) {
    DataStoreWriter writer = new DataStoreWriter(market);
    LocalDate first = LocalDate.of(2020, 1, 1);
    TradingCalendar calendar =
        new TradingCalendar(IntStream.range(0, DAYS).mapToObj(first::plusDays).toList());
    writer.calendar(calendar);
    Random random = new Random(5);
    List<Universe.Member> members = new ArrayList<>();
    List<Universe.Span> all = List.of(new Universe.Span(calendar.first(), calendar.last()));
    for (int stock = 0; stock <= Experiment.STOCKS; stock++) {
      float[] closes = new float[DAYS];
      float close = 50;
      for (int day = 0; day < DAYS; day++) {
        close *= (float) Math.exp(0.02 * random.nextGaussian());
        closes[day] = close;
      }
      boolean index = stock == Experiment.STOCKS;
      String symbol = index ? "INDEX" : "S%02d".formatted(stock);
      writer.series(symbol, "close", new Series(0, closes));
      if (!index) {
        members.add(new Universe.Member(symbol, all));
      }
    }
    writer.instruments("all", new Universe(members));
  }

  /** The only group of a collection, once it is as it should be. */
  private static JsonNode await(
      Experiment experiment, String query, Predicate<JsonNode> condition) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> collection(collector, experiment, query), condition)
        .get("groups")
        .get(0);
  }

  private static JsonNode collection(
      ConfigurableApplicationContext where, Experiment experiment, String query) {
    return json(ok(cluster.get(where, "/api/v1/collections/" + experiment.id() + query, JSON)));
  }

  private static HttpResponse<byte[]> series(Experiment experiment, String series, String accept) {
    return series(collector, experiment, series, accept);
  }

  private static HttpResponse<byte[]> series(
      ConfigurableApplicationContext where, Experiment experiment, String series, String accept) {
    return cluster.get(
        where, "/api/v1/collections/" + experiment.id() + "/groups/0/" + series, accept);
  }

  private static byte[] ok(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
    return response.body();
  }

  private static JsonNode json(byte[] body) {
    return JsonMapper.shared().readTree(body);
  }
}
