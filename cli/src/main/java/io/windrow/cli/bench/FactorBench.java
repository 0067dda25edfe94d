package io.windrow.cli.bench;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.factor.FactorSet;
import java.nio.file.Path;
import java.util.Map;

/** Runs {@link FactorBenchmark} in a JVM of its own with 2 GiB of heap. */
public final class FactorBench {

  private FactorBench() {}

  /**
   * Measures one data folder.
   *
   * @param data a folder in Qlib's layout, or a folder of CSV files, which is imported first (not
   *     measured)
   * @param warmups iterations before the measured ones
   * @param iterations measured iterations
   * @param threads threads to compute with
   * @throws io.windrow.quant.data.DataException if the folder holds no usable data
   */
  public static FactorBenchResult run(Path data, int warmups, int iterations, int threads) {
    return BenchData.with(data, folder -> measure(folder, warmups, iterations, threads));
  }

  private static FactorBenchResult measure(Path data, int warmups, int iterations, int threads) {
    DataStore.open(data).universe("all"); // bad data is reported from here, not from the other JVM
    JmhRun run =
        JmhRun.of(
            FactorBenchmark.class.getName() + ".alpha158",
            Map.of("data", data.toAbsolutePath(), "threads", threads),
            warmups,
            iterations);
    long rows = (long) run.greatest("rows");
    return new FactorBenchResult(
        run.mean(),
        run.best(),
        rows,
        FactorSet.alpha158().names().size(),
        rows / run.mean(),
        run.peakHeap(),
        run.iterations().size(),
        threads);
  }
}
