package io.windrow.quant.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.backtest.BacktestSettings;
import io.windrow.quant.backtest.BacktestSettings.Opening;
import io.windrow.quant.backtest.BacktestSettings.Weighting;
import io.windrow.quant.backtest.ExchangeSettings;
import io.windrow.quant.backtest.ExchangeSettings.Costs;
import io.windrow.quant.backtest.Region;
import io.windrow.quant.backtest.StrategySettings;
import io.windrow.quant.backtest.TradeLimit;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortAnaArgumentsTest {

  private final List<Problem> problems = new ArrayList<>();

  private Optional<BacktestSettings> read(Map<String, ?> kwargs, Region region) {
    Section section = Section.root(kwargs, problems);
    Optional<BacktestSettings> settings = PortAnaArguments.read(section, region);
    section.rejectOthers();
    return settings;
  }

  private ExchangeSettings exchange(Map<String, ?> kwargs, Region region) {
    BacktestSettings settings =
        read(Map.of("config", Map.of("backtest", Map.of("exchange_kwargs", kwargs))), region)
            .orElseThrow();
    return settings.exchange();
  }

  @Test
  void withoutConfigItIsQlibsOwn() {
    BacktestSettings settings = read(Map.of(), Region.CN).orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(settings.strategy()).isEqualTo(StrategySettings.of(50, 5));
    assertThat(settings.days()).isEqualTo(DateRange.ALL);
    assertThat(settings.cash()).isEqualTo(1e8);
    assertThat(settings.benchmark()).containsExactly("SH000300");
    assertThat(settings.exchange().costs()).isEqualTo(new Costs(0.0005, 0.0015, 5, 0));
    assertThat(settings.exchange().limit()).isEqualTo(new TradeLimit.Change(0.095));
    assertThat(settings.exchange().tradeUnit()).isEqualTo(100);
  }

  @Test
  void exchangeHasDefaultsOfItsOwnAndOfTheRegion() {
    ExchangeSettings us = exchange(Map.of(), Region.US);

    assertThat(us.costs()).isEqualTo(new Costs(0.0015, 0.0025, 5, 0));
    assertThat(us.limit()).isEqualTo(new TradeLimit.None());
    assertThat(us.tradeUnit()).isEqualTo(1);
    assertThat(us.market()).isEqualTo("all");
    assertThat(exchange(Map.of(), Region.TW).tradeUnit()).isEqualTo(1000);
    assertThat(exchange(Map.of(), Region.TW).limit()).isEqualTo(new TradeLimit.Change(0.1));
    Map<String, Object> any = new HashMap<>();
    any.put("trade_unit", null);
    assertThat(exchange(any, Region.CN).tradeUnit()).isZero();
    assertThat(problems).isEmpty();
    assertThat(Region.of("tw")).isEqualTo(Region.TW);
    assertThat(Region.of("")).isEqualTo(Region.CN);
  }

  @Test
  void everythingMayBeGiven() {
    Map<String, Object> strategy =
        Map.of(
            "class",
            "qlib.contrib.strategy.TopkDropoutStrategy",
            "kwargs",
            Map.of(
                "signal",
                List.of("<MODEL>", "<DATASET>"),
                "topk",
                7,
                "n_drop",
                2,
                "method_sell",
                "random",
                "method_buy",
                "random",
                "hold_thresh",
                3,
                "only_tradable",
                true,
                "forbid_all_trade_at_limit",
                false,
                "risk_degree",
                0.5));
    Map<String, Object> exchange =
        Map.of(
            "codes", List.of("A", "B"),
            "deal_price", List.of("open", "Mean($close, 2)"),
            "limit_threshold", List.of("$open > 1", "$open < 1"),
            "volume_threshold",
                Map.of("all", List.of("cum", "0.1*$volume"), "sell", List.of("current", "$volume")),
            "impact_cost", 0.1);
    Map<String, Object> backtest =
        Map.of(
            "start_time",
            "2020-01-06",
            "end_time",
            "2020-01-08",
            "account",
            Map.of("cash", 5000, "A", 10, "B", Map.of("amount", 3, "price", 2.5)),
            "benchmark",
            List.of("A", "B"),
            "exchange_kwargs",
            exchange);
    Map<String, Object> executor =
        Map.of(
            "class",
            "SimulatorExecutor",
            "kwargs",
            Map.of(
                "time_per_step",
                "day",
                "generate_portfolio_metrics",
                true,
                "trade_type",
                "parallel"));

    BacktestSettings settings =
        read(
                Map.of(
                    "config",
                    Map.of("strategy", strategy, "backtest", backtest, "executor", executor),
                    "indicator_analysis_method",
                    "value_weighted",
                    "risk_analysis_freq",
                    "day"),
                Region.US)
            .orElseThrow();

    assertThat(problems).isEmpty();
    assertThat(settings.strategy())
        .isEqualTo(new StrategySettings(7, 2, true, true, 3, true, false, 0.5));
    assertThat(settings.days())
        .isEqualTo(new DateRange(LocalDate.of(2020, 1, 6), LocalDate.of(2020, 1, 8)));
    assertThat(settings.cash()).isEqualTo(5000);
    assertThat(settings.opening())
        .containsOnly(
            Map.entry("A", new Opening(10, Double.NaN)), Map.entry("B", new Opening(3, 2.5)));
    assertThat(settings.benchmark()).containsExactly("A", "B");
    assertThat(settings.buyFirst()).isTrue();
    assertThat(settings.weighting()).isEqualTo(Weighting.VALUE);
    ExchangeSettings read = settings.exchange();
    assertThat(read.symbols()).containsExactly("A", "B");
    assertThat(read.buyPrice()).isEqualTo("$open");
    assertThat(read.sellPrice()).isEqualTo("Mean($close, 2)");
    assertThat(read.limit()).isEqualTo(new TradeLimit.Expressions("$open > 1", "$open < 1"));
    assertThat(read.buyVolumes()).containsExactly("0.1*$volume");
    assertThat(read.sellVolumes()).containsExactly("0.1*$volume", "$volume");
    assertThat(read.costs().impact()).isEqualTo(0.1);
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    Map<String, Object> exchange =
        Map.of(
            "deal_price",
            "$close+",
            "limit_threshold",
            0,
            "volume_threshold",
            List.of("sum", "$volume"),
            "codes",
            7,
            "freq",
            "1min",
            "extra_quote",
            "x");
    Map<String, Object> backtest =
        Map.of(
            "start_time",
            "2020-01-06",
            "end_time",
            "2020-01-05",
            "account",
            Map.of("A", -1),
            "benchmark",
            List.of(),
            "exchange_kwargs",
            exchange);
    Map<String, Object> executor =
        Map.of(
            "class",
            "SimulatorExecutor",
            "kwargs",
            Map.of("time_per_step", "30min", "generate_portfolio_metrics", false, "speed", 1));
    Map<String, Object> strategy =
        Map.of(
            "class",
            "TopkDropoutStrategy",
            "kwargs",
            Map.of("topk", 5, "n_drop", 6, "risk_degree", 2));

    read(
        Map.of("config", Map.of("strategy", strategy, "backtest", backtest, "executor", executor)),
        Region.US);

    assertThat(problems)
        .allMatch(Problem::prevents)
        .extracting(Problem::path)
        .map(path -> path.substring("config.".length()))
        .containsExactlyInAnyOrder(
            "strategy.kwargs.n_drop",
            "strategy.kwargs.risk_degree",
            "executor.kwargs.time_per_step",
            "executor.kwargs.generate_portfolio_metrics",
            "executor.kwargs.speed",
            "backtest.end_time",
            "backtest.account.cash",
            "backtest.account.A",
            "backtest.benchmark",
            "backtest.exchange_kwargs.deal_price",
            "backtest.exchange_kwargs.limit_threshold",
            "backtest.exchange_kwargs.volume_threshold",
            "backtest.exchange_kwargs.codes",
            "backtest.exchange_kwargs.freq",
            "backtest.exchange_kwargs.extra_quote");
  }

  @Test
  void whatIsNotThereIsLeftOut() {
    for (Map<String, Object> config :
        List.<Map<String, Object>>of(
            Map.of("strategy", Map.of("class", "SoftTopkStrategy")),
            Map.of("executor", Map.of("class", "NestedExecutor")),
            Map.of("backtest", Map.of("pos_type", "InfPosition")))) {
      problems.clear();

      assertThat(read(Map.of("config", config), Region.US)).isEmpty();
      assertThat(problems)
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.prevents()).isFalse();
                assertThat(problem.message()).contains("tasks run without this record");
              });
    }
  }
}
