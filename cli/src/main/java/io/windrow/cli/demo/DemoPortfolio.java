package io.windrow.cli.demo;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the demo trades on data that the example was not written for.
 *
 * @param topk how many are held: a fifth of the market, at most the example's ten
 * @param drop how many of them are replaced a day at most
 * @param benchmark symbols whose mean change is the benchmark
 */
record DemoPortfolio(int topk, int drop, List<String> benchmark) {
  private static final int PART = 5;
  private static final int MOST_HELD = 10;

  /** Each is a file to read for each back-test. */
  private static final int MOST_OF_BENCHMARK = 100;

  static DemoPortfolio of(int stocks, List<String> benchmark) {
    return new DemoPortfolio(Math.max(1, Math.min(MOST_HELD, stocks / PART)), 1, benchmark);
  }

  /**
   * A person's data may have no index, so that the benchmark is the mean of the market; of a large
   * one, of so many evenly chosen.
   */
  static DemoPortfolio of(DataStore store, Universe market) {
    List<String> priced =
        market.symbols().stream().filter(symbol -> !store.read(symbol, "close").isEmpty()).toList();
    int chosen = Math.min(MOST_OF_BENCHMARK, priced.size());
    return of(
        priced.size(),
        IntStream.range(0, chosen)
            .mapToObj(i -> priced.get((int) ((long) i * priced.size() / chosen)))
            .toList());
  }

  @Override
  public String toString() {
    return "topk %d, n_drop %d, benchmark %s"
        .formatted(
            topk,
            drop,
            benchmark.size() == 1
                ? benchmark.get(0)
                : "the mean of " + benchmark.size() + " stocks");
  }
}
