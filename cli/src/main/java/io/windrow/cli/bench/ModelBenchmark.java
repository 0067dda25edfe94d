package io.windrow.cli.bench;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.dataset.CacheSettings;
import io.windrow.quant.dataset.DataKey;
import io.windrow.quant.dataset.Dataset;
import io.windrow.quant.dataset.DatasetConfig;
import io.windrow.quant.dataset.DatasetLoader;
import io.windrow.quant.dataset.FeatureCache;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.model.Model;
import io.windrow.quant.model.NativeClock;
import io.windrow.quant.model.TrainedModel;
import io.windrow.quant.model.Training;
import io.windrow.quant.model.TrainingData;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.EngineSettings;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.quant.run.RunRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A task of Qlib's benchmark on Alpha158 whose features are cached: the whole of it, and the
 * hand-over of its train segment alone. One invocation is one iteration.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx3g", "--add-opens=java.base/java.nio=ALL-UNNAMED"})
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@State(Scope.Benchmark)
public class ModelBenchmark {
  private static final long CACHE = 2L << 30;

  /** The folder, in Qlib's layout. */
  @Param("")
  public String data;

  /** Class of the model. */
  @Param("LGBModel")
  public String model;

  @Param("2")
  public int threads;

  private Map<String, Object> definition;
  private ResearchEngine engine;
  private FeatureLabelPanel train;

  /** What an invocation did. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Spent {
    public double inside;
    public double binning;
    public double features;
    public double train;
    public double predict;
    public double record;
    public long rows;
    public long columns;
    public long rounds;
  }

  /** Computes the features, once for the hand-over and once for the tasks. */
  @Setup
  public void features() throws IOException {
    Path folder = Path.of(data).toRealPath();
    definition = ModelBenchTask.definition(DataStore.open(folder), folder, model);
    Section root = Section.root(definition, new ArrayList<>());
    DatasetConfig config = DatasetConfig.read(root.section("dataset")).orElseThrow();
    Dataset dataset =
        new DatasetLoader(
                new FeatureCache(CacheSettings.inMemory(CACHE)), new FactorEngine(threads))
            .load(folder, config, () -> {});
    train = dataset.prepare(DatasetConfig.TRAIN, DataKey.LEARN);
    engine = new ResearchEngine(new EngineSettings(threads, CACHE, List.of(folder.getParent())));
  }

  /** Everything that a worker does for a task but talk to others. */
  @Benchmark
  public Map<String, Double> task(Spent spent) {
    Map<String, Double> before = NativeClock.seconds();
    Rounds rounds = new Rounds();
    Map<String, Double> metrics =
        engine.run(definition, ArtifactSource.NONE, rounds, Cancellation.NONE);
    spent.inside = inside(before, "");
    spent.features = metrics.get("time.features");
    spent.train = metrics.get("time.train");
    spent.predict = metrics.get("time.predict");
    spent.record = metrics.get("time.record");
    spent.rounds = rounds.most;
    return metrics;
  }

  /** A training of one round; what is not inside the library is the hand-over. */
  @Benchmark
  public int handOver(Spent spent) {
    Map<String, Double> before = NativeClock.seconds();
    Model shortest = ModelBenchTask.oneRound(model);
    // XGBModel needs a valid segment; the first day makes no difference.
    FeatureLabelPanel day =
        train.between(train.features().days().get(0).date(), train.features().days().get(0).date());
    TrainingData data =
        new TrainingData(train, shortest.needsValid() ? Optional.of(day) : Optional.empty());
    try (TrainedModel trained = shortest.train(data, new Unnoted(threads))) {
      spent.inside = inside(before, "");
      spent.binning = inside(before, "Create");
      spent.rows = train.rows();
      spent.columns = train.features().columns().size();
      return trained.artifact().length;
    }
  }

  private static double inside(Map<String, Double> before, String part) {
    return NativeClock.seconds().entrySet().stream()
        .filter(function -> function.getKey().contains(part))
        .mapToDouble(function -> function.getValue() - before.getOrDefault(function.getKey(), 0.0))
        .sum();
  }

  /** Counts the rounds and forgets the rest. */
  private static final class Rounds implements RunRecorder {
    private int most;

    @Override
    public void param(String name, String value) {
      // Not what is measured.
    }

    @Override
    public void metric(String name, int step, double value) {
      most = name.endsWith(".train") && !name.startsWith("time.") ? step + 1 : most;
    }

    @Override
    public void artifact(String path, byte[] bytes) {
      // Not what is measured.
    }
  }

  private record Unnoted(int threads) implements Training {
    @Override
    public void metric(String name, int round, double value) {
      // Not what is measured.
    }

    @Override
    public void checkCancelled() {
      // Never cancelled.
    }
  }
}
