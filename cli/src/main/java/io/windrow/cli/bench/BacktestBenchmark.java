package io.windrow.cli.bench;

import io.windrow.quant.backtest.Backtest;
import io.windrow.quant.backtest.BacktestResult;
import io.windrow.quant.backtest.BacktestSettings;
import io.windrow.quant.backtest.BacktestSettings.Weighting;
import io.windrow.quant.backtest.ExchangeSettings;
import io.windrow.quant.backtest.IndicatorDay;
import io.windrow.quant.backtest.PortfolioAnalysis;
import io.windrow.quant.backtest.StrategySettings;
import io.windrow.quant.backtest.TradeLimit;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.evaluate.ScoreSeries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A back-test over the last days of a data folder: top 20, drop 3, with costs, from opening the
 * folder and reading its bars to the summary. The scores are drawn by lot, so that the strategy
 * sells as much as it may on every day. One invocation is one iteration.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@State(Scope.Benchmark)
public class BacktestBenchmark {

  private static final long SEED = 900_100;

  /** The folder, in Qlib's layout. */
  @Param("")
  public String data;

  @Param("900")
  public int days;

  @Param("100")
  public int stocks;

  private ScoreSeries scores;
  private BacktestSettings settings;

  /** What an invocation went through. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Traded {
    public int days;
    public int orders;
  }

  @Setup
  public void draw() {
    DataStore store = DataStore.open(Path.of(data));
    TradingCalendar calendar = store.calendar();
    List<String> symbols = store.universe("all").symbols().stream().limit(stocks).toList();
    Random random = new Random(SEED);
    ScoreSeries.Builder rows = ScoreSeries.builder();
    int first = Math.max(1, calendar.size() - days);
    for (int day = first - 1; day < calendar.size(); day++) {
      for (String symbol : symbols) {
        rows.add(calendar.day(day), symbol, random.nextGaussian());
      }
    }
    scores = rows.build();
    settings =
        new BacktestSettings(
            new DateRange(calendar.day(first), calendar.last()),
            1e8,
            Map.of(),
            symbols.subList(0, 1),
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
            Weighting.ORDERS);
  }

  @Benchmark
  public PortfolioAnalysis backtest(Traded traded) {
    BacktestResult result = Backtest.run(DataStore.open(Path.of(data)), scores, settings);
    traded.days = result.report().size();
    traded.orders = result.indicators().stream().mapToInt(IndicatorDay::orders).sum();
    return PortfolioAnalysis.of(result, settings.weighting());
  }
}
