package io.windrow.cli.bench;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.factor.FactorSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

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
    // JMH guards against two runs at a time by a file that another user may own.
    System.setProperty("jmh.ignoreLock", "true");
    Options options =
        new OptionsBuilder()
            .include(FactorBenchmark.class.getName() + ".alpha158")
            .param("data", data.toAbsolutePath().toString())
            .param("threads", Integer.toString(threads))
            .warmupIterations(warmups)
            .measurementIterations(iterations)
            .addProfiler(PeakHeapProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      return result(new Runner(options).runSingle(), threads);
    } catch (RunnerException e) {
      throw new IllegalStateException("the benchmark failed: " + e.getMessage(), e);
    }
  }

  private static FactorBenchResult result(RunResult run, int threads) {
    List<IterationResult> iterations = new ArrayList<>();
    run.getBenchmarkResults().forEach(fork -> iterations.addAll(fork.getIterationResults()));
    double mean = run.getPrimaryResult().getScore();
    long rows = (long) greatest(iterations, "rows");
    return new FactorBenchResult(
        mean,
        best(iterations),
        rows,
        FactorSet.alpha158().names().size(),
        rows / mean,
        (long) greatest(iterations, PeakHeapProfiler.RESULT),
        iterations.size(),
        threads);
  }

  /** The fastest iteration's time. */
  static double best(Collection<IterationResult> iterations) {
    return iterations.stream()
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .min()
        .orElseThrow();
  }

  /** The greatest of the iterations' figures of that name. */
  static double greatest(Collection<IterationResult> iterations, String name) {
    return iterations.stream()
        .mapToDouble(iteration -> iteration.getSecondaryResults().get(name).getScore())
        .max()
        .orElseThrow();
  }
}
