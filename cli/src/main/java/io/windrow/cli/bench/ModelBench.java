package io.windrow.cli.bench;

import io.windrow.quant.data.DataStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link ModelBenchmark} in JVMs of their own with 3 GiB of heap. */
public final class ModelBench {

  /** An iteration takes a fraction of a task's time. */
  private static final int HAND_OVERS = 5;

  private ModelBench() {}

  /** The models that can be measured, the default first. */
  public static List<String> models() {
    return ModelBenchTask.models();
  }

  /**
   * Measures one model on one data folder.
   *
   * @param data a folder in Qlib's layout, or a folder of CSV files, which is imported first (not
   *     measured)
   * @param model one of {@link #models()}
   * @param warmups iterations before the measured ones
   * @param iterations measured iterations
   * @param threads threads of a task
   * @throws io.windrow.quant.data.DataException if the folder holds no usable data
   */
  public static ModelBenchResult run(
      Path data, String model, int warmups, int iterations, int threads) {
    return BenchData.with(
        data,
        folder -> {
          // Bad data is reported from here, not from the other JVM.
          DataStore.open(folder).universe("all");
          List<IterationResult> handOvers =
              measure("handOver", folder, model, Math.max(1, warmups), HAND_OVERS, threads);
          List<IterationResult> tasks =
              measure("task", folder, model, warmups, iterations, threads);
          return result(model, handOvers, tasks, threads);
        });
  }

  private static List<IterationResult> measure(
      String method, Path data, String model, int warmups, int iterations, int threads) {
    // JMH guards against two runs at a time by a file that another user may own.
    System.setProperty("jmh.ignoreLock", "true");
    Options options =
        new OptionsBuilder()
            .include(ModelBenchmark.class.getName() + "." + method)
            .param("data", data.toAbsolutePath().toString())
            .param("model", model)
            .param("threads", Integer.toString(threads))
            .warmupIterations(warmups)
            .measurementIterations(iterations)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      RunResult run = new Runner(options).runSingle();
      List<IterationResult> results = new ArrayList<>();
      run.getBenchmarkResults().forEach(fork -> results.addAll(fork.getIterationResults()));
      return results;
    } catch (RunnerException e) {
      throw new IllegalStateException("the benchmark failed: " + e.getMessage(), e);
    }
  }

  private static ModelBenchResult result(
      String model, List<IterationResult> handOvers, List<IterationResult> tasks, int threads) {
    Map<String, Double> phases = new LinkedHashMap<>();
    for (String phase : List.of("features", "train", "predict", "record")) {
      phases.put(phase, mean(tasks, phase));
    }
    double task = mean(tasks);
    double inside = mean(tasks, "inside");
    return new ModelBenchResult(
        model,
        (long) FactorBench.greatest(handOvers, "rows"),
        (int) FactorBench.greatest(handOvers, "columns"),
        mean(handOvers) - mean(handOvers, "inside"),
        mean(handOvers, "binning"),
        task,
        FactorBench.best(tasks),
        inside,
        inside / task,
        phases,
        (int) FactorBench.greatest(tasks, "rounds"),
        tasks.size(),
        threads);
  }

  private static double mean(List<IterationResult> iterations) {
    return iterations.stream()
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .average()
        .orElseThrow();
  }

  private static double mean(List<IterationResult> iterations, String name) {
    return iterations.stream()
        .mapToDouble(iteration -> iteration.getSecondaryResults().get(name).getScore())
        .average()
        .orElseThrow();
  }
}
