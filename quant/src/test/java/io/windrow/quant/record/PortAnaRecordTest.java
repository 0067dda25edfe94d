package io.windrow.quant.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.backtest.Region;
import io.windrow.quant.backtest.TinyMarket;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the arguments of a record to its tables and metrics. */
class PortAnaRecordTest {

  @TempDir private Path folder;
  private final Map<String, byte[]> artifacts = new LinkedHashMap<>();
  private DataStore data;

  @BeforeEach
  void write() {
    TinyMarket.write(folder);
    data = DataStore.open(folder);
  }

  private static ResultRecord record(Object benchmark) {
    return record("PortAnaRecord", benchmark, Map.of());
  }

  private static ResultRecord record(String type, Object benchmark, Map<String, ?> more) {
    Map<String, Object> config =
        Map.of(
            "strategy",
            Map.of(
                "class",
                "TopkDropoutStrategy",
                "module_path",
                "qlib.contrib.strategy",
                "kwargs",
                Map.of("signal", "<PRED>", "topk", 1, "n_drop", 1, "risk_degree", 0.5)),
            "backtest",
            Map.of(
                "account",
                1000,
                "benchmark",
                benchmark,
                "exchange_kwargs",
                Map.of("open_cost", 0.01, "close_cost", 0.02, "min_cost", 0)));
    Map<String, Object> kwargs = new LinkedHashMap<>(more);
    kwargs.put("config", config);
    List<Problem> problems = new ArrayList<>();
    List<ResultRecord> records =
        Records.read(
            Section.root(
                Map.of("record", List.of("SignalRecord", Map.of("class", type, "kwargs", kwargs))),
                problems),
            1,
            Region.US);
    assertThat(problems).isEmpty();
    return records.get(1);
  }

  private Map<String, Double> write(ResultRecord record, ScoreSeries predictions) {
    assertThat(record.check(data)).isEmpty();
    return record.write(
        new RunResults(data, predictions, List.of("LABEL0"), List.of(predictions)), artifacts::put);
  }

  @Test
  void writesQlibsTablesAndMetrics() throws IOException {
    Map<String, Double> metrics = write(record("INDEX"), TinyMarket.SCORES);

    assertThat(artifacts.keySet())
        .allMatch(path -> path.startsWith("portfolio_analysis/"))
        .map(path -> path.substring("portfolio_analysis/".length()))
        .containsExactly(
            "report_normal_1day.arrow",
            "positions_normal_1day.arrow",
            "indicators_normal_1day.arrow",
            "port_analysis_1day.arrow",
            "indicator_analysis_1day.arrow");
    Map<String, List<Object>> report = table("report_normal_1day");
    assertThat(report.keySet())
        .containsExactly(
            "datetime",
            "account",
            "return",
            "total_turnover",
            "turnover",
            "total_cost",
            "cost",
            "value",
            "cash",
            "bench");
    assertThat(report.get("datetime"))
        .hasSize(4)
        .startsWith(Math.toIntExact(TinyMarket.FIRST.toEpochDay()));
    assertThat((Double) report.get("account").get(3)).isCloseTo(1077.585, within(1e-9));
    Map<String, List<Object>> positions = table("positions_normal_1day");
    assertThat(positions.get("instrument")).map(Object::toString).containsExactly("A", "A", "B");
    assertThat(positions.get("count_day")).containsExactly(1, 2, 1);
    assertThat(positions.keySet())
        .containsExactly("datetime", "instrument", "amount", "price", "weight", "count_day");
    assertThat(table("indicators_normal_1day").get("count")).containsExactly(0, 1, 0, 2);

    Map<String, List<Object>> risks = table("port_analysis_1day");
    assertThat(risks.get("analysis")).hasSize(10);
    for (int i = 0; i < 10; i++) {
      String name = "1day." + risks.get("analysis").get(i) + "." + risks.get("figure").get(i);
      assertThat(metrics).containsEntry(name, (Double) risks.get("risk").get(i));
    }
    // Returns 0, 0, 50/995, 50/1045 against 0, 0.01, 0, 0.
    assertThat(metrics.get("1day.excess_return_without_cost.mean"))
        .isCloseTo((50.0 / 995 + 50.0 / 1045 - 0.01) / 4, within(1e-7));
    assertThat(metrics.get("1day.ffr")).isCloseTo(1, within(1e-12));
    assertThat(metrics).containsEntry("1day.pa", 0.0).containsEntry("1day.pos", 0.0).hasSize(13);
    assertThat(table("indicator_analysis_1day").get("indicator"))
        .map(Object::toString)
        .containsExactly("ffr", "pa", "pos");
  }

  @Test
  void oneDayOfPredictionsLeavesEmptyTables() throws IOException {
    Map<String, Double> metrics =
        write(
            record(List.of("A", "B")), ScoreSeries.builder().add(TinyMarket.FIRST, "A", 1).build());

    assertThat(metrics).isEmpty();
    assertThat(table("report_normal_1day").get("account")).isEmpty();
    assertThat(artifacts).hasSize(5);
  }

  @Test
  void passesDifferByTheShuffledFirstDay() throws IOException {
    ResultRecord record = record("MultiPassPortAnaRecord", "INDEX", Map.of("pass_num", 20));

    Map<String, Double> metrics = write(record, TinyMarket.SCORES);

    Map<String, List<Object>> table = table("multi_pass_port_analysis_1day");
    assertThat(artifacts).hasSize(1);
    assertThat(table.get("figure"))
        .map(Object::toString)
        .containsExactly(
            "annualized_return", "information_ratio", "annualized_return", "information_ratio");
    assertThat(metrics).hasSize(12);
    double mean = metrics.get("mean.excess_return_without_cost.annualized_return");
    // Either A is bought on the second day, or B, which brings nothing until it is sold for A.
    double best = (50.0 / 995 + 50.0 / 1045 - 0.01) / 4 * 238;
    assertThat(mean).isLessThan(best);
    assertThat(metrics.get("std.excess_return_without_cost.annualized_return")).isPositive();
    assertThat(metrics.get("mean_std.excess_return_without_cost.annualized_return"))
        .isCloseTo(
            mean / metrics.get("std.excess_return_without_cost.annualized_return"), within(1e-12));
    // The lots are the same the next time.
    assertThat(write(record, TinyMarket.SCORES)).isEqualTo(metrics);
  }

  @Test
  void passesAreTheSameUnlessShuffled() {
    ResultRecord record =
        record(
            "MultiPassPortAnaRecord", "INDEX", Map.of("pass_num", 2, "shuffle_init_score", false));

    Map<String, Double> metrics = write(record, TinyMarket.SCORES);

    assertThat(metrics.get("mean.excess_return_without_cost.annualized_return"))
        .isEqualTo(
            write(record("INDEX"), TinyMarket.SCORES)
                .get("1day.excess_return_without_cost.annualized_return"));
    assertThat(metrics).containsEntry("std.excess_return_without_cost.annualized_return", 0.0);
  }

  @Test
  void missingBenchmarkIsSaidBeforeAnythingIsTrained() {
    assertThat(record("SH000300").check(data))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("record.1.kwargs.config.backtest.benchmark");
              assertThat(problem.message()).contains("no close of the benchmark SH000300");
            });
  }

  private Map<String, List<Object>> table(String name) throws IOException {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    byte[] bytes = artifacts.get("portfolio_analysis/" + name + ".arrow");
    try (BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader =
            new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(bytes), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      while (reader.loadNextBatch()) {
        for (Field field : root.getSchema().getFields()) {
          List<Object> values = columns.computeIfAbsent(field.getName(), key -> new ArrayList<>());
          for (int row = 0; row < root.getRowCount(); row++) {
            values.add(root.getVector(field).getObject(row));
          }
        }
      }
    }
    return columns;
  }
}
