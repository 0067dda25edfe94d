package io.windrow.cli.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    try (BenchData opened = BenchData.open(data)) {
      JmhRun handOvers =
          measure("handOver", opened.folder(), model, Math.max(1, warmups), HAND_OVERS, threads);
      JmhRun tasks = measure("task", opened.folder(), model, warmups, iterations, threads);
      return result(model, handOvers, tasks, threads);
    }
  }

  private static JmhRun measure(
      String method, Path data, String model, int warmups, int iterations, int threads) {
    return JmhRun.of(
        ModelBenchmark.class.getName() + "." + method,
        Map.of("data", data.toAbsolutePath(), "model", model, "threads", threads),
        warmups,
        iterations);
  }

  private static ModelBenchResult result(
      String model, JmhRun handOvers, JmhRun tasks, int threads) {
    Map<String, Double> phases = new LinkedHashMap<>();
    for (String phase : List.of("features", "train", "predict", "record")) {
      phases.put(phase, tasks.mean(phase));
    }
    double task = tasks.mean();
    double inside = tasks.mean("inside");
    return new ModelBenchResult(
        model,
        (long) handOvers.greatest("rows"),
        (int) handOvers.greatest("columns"),
        handOvers.mean() - handOvers.mean("inside"),
        handOvers.mean("binning"),
        task,
        tasks.best(),
        inside,
        inside / task,
        phases,
        (int) tasks.greatest("rounds"),
        tasks.iterations().size(),
        threads);
  }
}
