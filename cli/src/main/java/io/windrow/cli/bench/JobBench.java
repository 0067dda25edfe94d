package io.windrow.cli.bench;

import io.windrow.cli.bench.JobBenchResult.Side;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.quant.dataset.CacheSettings;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.EngineSettings;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.quant.run.RunRecorder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a rolling job twice, window by window: with features that all windows share, and with
 * features that each computes for itself. In this JVM, which one short window has warmed up.
 */
public final class JobBench {

  /** Keeps nothing: then the engine computes what a window needs, and no day more. */
  private static final CacheSettings NOTHING = CacheSettings.inMemory(0);

  private final Path data;
  private final int threads;
  private final Progress progress;
  private final int steps;
  private int step;

  private JobBench(Path data, int threads, Progress progress, int steps) {
    this.data = data;
    this.threads = threads;
    this.progress = progress;
    this.steps = steps;
  }

  /**
   * Measures.
   *
   * @param data daily bars from 2008 to 2020 in Qlib's layout, or as CSV files
   * @param rounds most boosting rounds of a window; 0 for the job's own
   * @param threads of the engine
   * @param progress told what was measured
   * @throws io.windrow.quant.data.DataException if the folder holds no usable data
   */
  public static JobBenchResult run(Path data, int rounds, int threads, Progress progress) {
    try (BenchData opened = BenchData.open(data)) {
      int used = rounds > 0 ? rounds : JobWorkload.ROUNDS;
      List<Map<String, Object>> windows = JobWorkload.windows(opened.folder(), used);
      List<Map<String, Object>> brief = JobWorkload.windows(opened.folder(), 1).subList(0, 1);
      JobBench bench = new JobBench(opened.folder(), threads, progress, 2 * windows.size() + 3);
      return bench.run(windows, brief, used);
    }
  }

  private JobBenchResult run(
      List<Map<String, Object>> windows, List<Map<String, Object>> brief, int rounds) {
    try (TemporaryFolder files = TemporaryFolder.create("windrow-bench").alsoAtEnd()) {
      CacheSettings kept =
          new CacheSettings(
              memory(), Optional.of(new CacheSettings.Files(files.path(), Long.MAX_VALUE)));
      measure("warm-up", kept, brief);
      double fromFiles = measure("from files", kept, brief).side().data();
      fromFiles = Math.min(fromFiles, measure("from files", kept, brief).side().data());
      Measured shared = measure("shared", CacheSettings.inMemory(memory()), windows);
      Side perWindow = measure("per window", NOTHING, windows).side();
      return new JobBenchResult(
          windows.size(),
          rounds,
          threads,
          shared.side(),
          perWindow,
          shared.firstData(),
          fromFiles,
          perWindow.data() / shared.side().data(),
          perWindow.total() / shared.side().total());
    }
  }

  /** As much as a worker keeps. */
  private static long memory() {
    return Runtime.getRuntime().maxMemory() / 3;
  }

  private record Measured(Side side, double firstData) {}

  private Measured measure(
      String name, CacheSettings cache, List<Map<String, Object>> definitions) {
    ResearchEngine engine =
        new ResearchEngine(new EngineSettings(threads, cache, List.of(data.getParent())));
    double features = 0;
    double first = 0;
    double train = 0;
    double total = 0;
    for (Map<String, Object> definition : definitions) {
      long begin = System.nanoTime();
      Map<String, Double> metrics =
          engine.run(definition, ArtifactSource.NONE, Discarding.ALL, Cancellation.NONE);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double own = metrics.getOrDefault("time.features", Double.NaN);
      first = features == 0 ? own : first;
      features += own;
      train += metrics.getOrDefault("time.train", Double.NaN);
      total += seconds;
      step++;
      progress.show(step, steps, "%s: data %.2f s of %.1f s".formatted(name, own, seconds));
    }
    return new Measured(new Side(features, train, total - features - train, total), first);
  }

  private enum Discarding implements RunRecorder {
    ALL;

    @Override
    public void param(String name, String value) {}

    @Override
    public void metric(String name, int step, double value) {}

    @Override
    public void artifact(String path, byte[] bytes) {}
  }
}
