package io.windrow.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What came of one benchmark method in a JVM of its own.
 *
 * @param mean of the iterations' times
 * @param iterations the measured ones
 */
record JmhRun(double mean, List<IterationResult> iterations) {

  JmhRun {
    iterations = List.copyOf(iterations);
  }

  /**
   * Runs it.
   *
   * @param benchmark class and method
   * @param parameters its {@code Param} fields
   */
  static JmhRun of(
      String benchmark, Map<String, Object> parameters, int warmups, int measurements) {
    // JMH guards against two runs at a time by a file that another user may own.
    System.setProperty("jmh.ignoreLock", "true");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark)
            .warmupIterations(warmups)
            .measurementIterations(measurements)
            .addProfiler(PeakHeapProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    parameters.forEach((name, value) -> options.param(name, value.toString()));
    try {
      return of(new Runner(options.build()).runSingle());
    } catch (RunnerException e) {
      throw new IllegalStateException("the benchmark failed: " + e.getMessage(), e);
    }
  }

  /** What JMH made of a run. */
  static JmhRun of(RunResult run) {
    List<IterationResult> iterations = new ArrayList<>();
    run.getBenchmarkResults().forEach(fork -> iterations.addAll(fork.getIterationResults()));
    return new JmhRun(run.getPrimaryResult().getScore(), iterations);
  }

  /** The fastest iteration's time. */
  double best() {
    return iterations.stream()
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .min()
        .orElseThrow();
  }

  /** The mean of the iterations' figures of that name. */
  double mean(String name) {
    return iterations.stream()
        .mapToDouble(iteration -> iteration.getSecondaryResults().get(name).getScore())
        .average()
        .orElseThrow();
  }

  /** The greatest of the iterations' figures of that name. */
  double greatest(String name) {
    return iterations.stream()
        .mapToDouble(iteration -> iteration.getSecondaryResults().get(name).getScore())
        .max()
        .orElseThrow();
  }

  /** Most heap in use during an iteration, garbage included, in bytes. */
  long peakHeap() {
    return (long) greatest(PeakHeapProfiler.RESULT);
  }
}
