package io.windrow.quant.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.backtest.Backtest;
import io.windrow.quant.backtest.TinyMarket;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.DefinitionException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesBacktestTest {

  private static Map<String, Object> definition(Map<String, ?> backtest, int topk) {
    Map<String, Object> arguments = new LinkedHashMap<>(backtest);
    arguments.putIfAbsent("benchmark", "INDEX");
    return Map.of(
        "qlib_init",
        Map.of("provider_uri", "mine", "region", "us"),
        // Only Python can train it: that is no reason not to trade its predictions.
        "model",
        Map.of("class", "TCTS", "module_path", "mine.models"),
        "dataset",
        Map.of("kwargs", Map.of("segments", Map.of("test", List.of("2020-01-02", "2020-02-28")))),
        "record",
        List.of(
            "SignalRecord",
            Map.of("class", "MyRecord", "module_path", "mine"),
            Map.of(
                "class",
                "qlib.workflow.record_temp.PortAnaRecord",
                "kwargs",
                Map.of(
                    "config",
                    Map.of(
                        "strategy",
                        Map.of(
                            "class",
                            "TopkDropoutStrategy",
                            "kwargs",
                            Map.of("signal", "<PRED>", "topk", topk, "n_drop", 1)),
                        "backtest",
                        arguments)))));
  }

  private static SeriesBacktest of(Map<String, ?> backtest, int topk) {
    return SeriesBacktest.of(definition(backtest, topk)).orElseThrow();
  }

  @Test
  void readsTheRecordAndNoMoreOfTheTask(@TempDir Path folder) {
    SeriesBacktest backtest = of(Map.of("account", 1000), 1);

    assertThat(backtest.providerUri()).isEqualTo("mine");
    assertThat(backtest.settings().cash()).isEqualTo(1000);
    assertThat(backtest.settings().exchange().tradeUnit()).isEqualTo(1);
    TinyMarket.write(folder);
    DataStore data = DataStore.open(folder);
    SeriesBacktest.Outcome outcome = backtest.run(data, TinyMarket.SCORES);
    assertThat(outcome.result())
        .isEqualTo(Backtest.run(data, TinyMarket.SCORES, backtest.settings()));
    byte[] table = BacktestTables.report(outcome.result().report()).write(Map.of("a", "b"));
    assertThat(RowTable.read(table))
        .isEqualTo(BacktestTables.report(outcome.result().report()).columns());
  }

  @Test
  void withoutTheRecordThereIsNone() {
    assertThat(SeriesBacktest.of(Map.of("record", List.of("SignalRecord")))).isEmpty();
    assertThat(SeriesBacktest.of(Map.of())).isEmpty();
    assertThat(SeriesBacktest.isAskedFor(Map.of("record", "PortAnaRecord"))).isTrue();
    assertThat(SeriesBacktest.isAskedFor(Map.of("record", Map.of("class", "MyPortAnaRecord"))))
        .isFalse();
  }

  @Test
  void windowsThatNameTheirOwnDaysHaveOneBacktestOverAll() {
    Map<String, String> own =
        Map.of(
            "start_time", "<dataset.kwargs.segments.test.0>",
            "end_time", "<dataset.kwargs.segments.test.1>");
    SeriesBacktest first = of(own, 1);
    SeriesBacktest second = of(Map.of("start_time", "2020-03-02", "end_time", "2020-04-30"), 1);

    assertThat(first.settings().days())
        .isEqualTo(new DateRange(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 2, 28)));
    assertThat(second.with(first).orElseThrow().settings().days())
        .isEqualTo(new DateRange(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 4, 30)));
    assertThat(first.with(of(Map.of(), 1)).orElseThrow().settings().days())
        .isEqualTo(DateRange.ALL);
    assertThat(first.with(of(own, 2))).isEmpty();
  }

  @Test
  void saysWhyItCannotRun() {
    assertThatThrownBy(() -> of(Map.of("account", -1), 1))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("record.2.kwargs.config.backtest.account: must be more than 0");
    assertThatThrownBy(() -> of(Map.of("pos_type", "InfPosition"), 1))
        .hasMessageContaining("InfPosition");
    Map<String, Object> homeless = new LinkedHashMap<>(definition(Map.of(), 1));
    homeless.remove("qlib_init");
    assertThatThrownBy(() -> SeriesBacktest.of(homeless)).hasMessageContaining("qlib_init");
  }
}
