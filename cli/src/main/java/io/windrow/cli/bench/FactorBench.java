package io.windrow.cli.bench;

import io.windrow.quant.data.DataException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link FactorBenchmark} in JVMs of their own with 2 GiB of heap.
 *
 * @param factors what is computed
 * @param warmups iterations before the measured ones
 * @param iterations measured iterations
 * @param threads threads to compute with
 */
public record FactorBench(FactorChoice factors, int warmups, int iterations, int threads) {

  /**
   * Measures one data folder.
   *
   * @param data a folder in Qlib's layout, or a folder of CSV files, which is imported first (not
   *     measured)
   * @throws DataException if the folder holds no usable data
   */
  public FactorBenchResult run(Path data) {
    try (BenchData opened = BenchData.open(data)) {
      List<RunResult> fresh = run(options(opened).warmupIterations(0).measurementIterations(1));
      JmhRun warm =
          JmhRun.of(
              run(options(opened).warmupIterations(warmups).measurementIterations(iterations))
                  .get(0));
      long rows = (long) warm.greatest("rows");
      return new FactorBenchResult(
          factors.toString(),
          fresh.get(0).getPrimaryResult().getScore(),
          warm.mean(),
          warm.best(),
          rows,
          factors.set().names().size(),
          rows / warm.mean(),
          warm.peakHeap(),
          warm.iterations().size(),
          threads);
    }
  }

  /**
   * Measures every combination of sizes.
   *
   * @param instruments so many of the data's
   * @param days so many of the calendar's, its last ones
   * @throws DataException if the folder holds no usable data, or less than asked for
   */
  public FactorScaling scaling(Path data, List<Integer> instruments, List<Integer> days) {
    try (BenchData opened = BenchData.open(data)) {
      require("instruments", instruments, opened.store().universe("all").members().size());
      require("days", days, opened.store().calendar().size());
      List<RunResult> runs =
          run(
              options(opened)
                  .param("instruments", texts(instruments))
                  .param("days", texts(days))
                  .warmupIterations(warmups)
                  .measurementIterations(iterations));
      return new FactorScaling(
          factors.toString(),
          factors.set().names().size(),
          runs.stream()
              .map(this::point)
              .sorted(
                  Comparator.comparing(FactorScaling.Point::instruments)
                      .thenComparing(FactorScaling.Point::days))
              .toList(),
          iterations,
          threads);
    }
  }

  private static void require(String what, List<Integer> sizes, int most) {
    for (int size : sizes) {
      if (size < 1 || size > most) {
        throw new DataException(
            "the data has %,d %s: choose 1 to %d of them, not %d"
                .formatted(most, what, most, size));
      }
    }
  }

  private static String[] texts(List<Integer> sizes) {
    return sizes.stream().map(String::valueOf).toArray(String[]::new);
  }

  private FactorScaling.Point point(RunResult run) {
    long rows = (long) JmhRun.of(run).greatest("rows");
    double seconds = run.getPrimaryResult().getScore();
    return new FactorScaling.Point(
        Integer.parseInt(run.getParams().getParam("instruments")),
        Integer.parseInt(run.getParams().getParam("days")),
        rows,
        seconds,
        seconds * 1e6 / (rows * factors.set().names().size()));
  }

  private ChainedOptionsBuilder options(BenchData data) {
    return new OptionsBuilder()
        .include(FactorBenchmark.class.getName() + ".factors")
        .param("data", data.folder().toString())
        .param("factors", factors.name())
        .param("threads", Integer.toString(threads))
        .addProfiler(PeakHeapProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private static List<RunResult> run(ChainedOptionsBuilder options) {
    // JMH guards against two runs at a time by a file that another user may own.
    System.setProperty("jmh.ignoreLock", "true");
    try {
      return List.copyOf(new Runner(options.build()).run());
    } catch (RunnerException e) {
      throw new IllegalStateException("the benchmark failed: " + e.getMessage(), e);
    }
  }
}
