package io.windrow.cli.bench;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link GenerationBenchmark} in a JVM of its own with 256 MiB of heap. */
public final class GenerationBench {

  private GenerationBench() {}

  /**
   * Measures.
   *
   * @param templates how many templates
   * @param windows how many windows of each
   * @param warmups iterations before the measured ones
   * @param iterations measured iterations
   */
  public static GenerationBenchResult run(int templates, int windows, int warmups, int iterations) {
    // JMH guards against two runs at a time by a file that another user may own.
    System.setProperty("jmh.ignoreLock", "true");
    Options options =
        new OptionsBuilder()
            .include(GenerationBenchmark.class.getName() + ".windows")
            .param("templates", Integer.toString(templates))
            .param("windows", Integer.toString(windows))
            .warmupIterations(warmups)
            .measurementIterations(iterations)
            .addProfiler(PeakHeapProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      return result(new Runner(options).runSingle(), templates);
    } catch (RunnerException e) {
      throw new IllegalStateException("the benchmark failed: " + e.getMessage(), e);
    }
  }

  private static GenerationBenchResult result(RunResult run, int templates) {
    List<IterationResult> iterations = new ArrayList<>();
    run.getBenchmarkResults().forEach(fork -> iterations.addAll(fork.getIterationResults()));
    double mean = run.getPrimaryResult().getScore();
    long tasks = (long) FactorBench.greatest(iterations, "tasks");
    return new GenerationBenchResult(
        tasks,
        templates,
        mean,
        FactorBench.best(iterations),
        tasks / mean,
        (long) FactorBench.greatest(iterations, PeakHeapProfiler.RESULT),
        iterations.size());
  }
}
