package io.windrow.cli.bench;

import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import java.nio.file.Path;
import java.util.Map;

/** Runs {@link BacktestBenchmark} in a JVM of its own with 1 GiB of heap. */
public final class BacktestBench {

  /** What the strategy holds: fewer to choose from is no choice. */
  private static final int FEWEST_STOCKS = 20;

  private BacktestBench() {}

  /**
   * Measures one data folder.
   *
   * @param data a folder in Qlib's layout, or a folder of CSV files, which is imported first (not
   *     measured)
   * @param days how many days to trade, the last of the calendar
   * @param stocks how many to choose from, the first by symbol
   * @param warmups iterations before the measured ones
   * @param iterations measured iterations
   * @throws DataException if the folder holds no usable data, or fewer days or stocks
   */
  public static BacktestBenchResult run(
      Path data, int days, int stocks, int warmups, int iterations) {
    try (BenchData opened = BenchData.open(data)) {
      return measure(opened.folder(), days, stocks, warmups, iterations);
    }
  }

  private static BacktestBenchResult measure(
      Path data, int days, int stocks, int warmups, int iterations) {
    DataStore store = DataStore.open(data);
    int there = store.universe("all").symbols().size();
    if (there < Math.max(stocks, FEWEST_STOCKS) || store.calendar().size() <= days) {
      throw new DataException(
          "%s has %d instruments and %d days; needed are %d and one more than %d: see --stocks, --days"
              .formatted(
                  data, there, store.calendar().size(), Math.max(stocks, FEWEST_STOCKS), days));
    }
    JmhRun run =
        JmhRun.of(
            BacktestBenchmark.class.getName() + ".backtest",
            Map.of("data", data.toAbsolutePath(), "days", days, "stocks", stocks),
            warmups,
            iterations);
    return new BacktestBenchResult(
        (int) run.greatest("days"),
        stocks,
        (int) run.greatest("orders"),
        run.mean(),
        run.best(),
        run.peakHeap(),
        run.iterations().size());
  }
}
