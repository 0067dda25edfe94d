package io.windrow.cli.bench;

import java.util.Map;

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
    JmhRun run =
        JmhRun.of(
            GenerationBenchmark.class.getName() + ".windows",
            Map.of("templates", templates, "windows", windows),
            warmups,
            iterations);
    long tasks = (long) run.greatest("tasks");
    return new GenerationBenchResult(
        tasks,
        templates,
        run.mean(),
        run.best(),
        tasks / run.mean(),
        run.peakHeap(),
        run.iterations().size());
  }
}
