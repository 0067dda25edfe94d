package io.windrow.quant.run;

import io.windrow.quant.data.DataRoots;
import io.windrow.quant.dataset.DataKey;
import io.windrow.quant.dataset.Dataset;
import io.windrow.quant.dataset.DatasetConfig;
import io.windrow.quant.dataset.DatasetLoader;
import io.windrow.quant.dataset.FeatureCache;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.model.TrainedModel;
import io.windrow.quant.model.TrainingData;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.record.ResultRecord;
import io.windrow.quant.record.RunResults;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Runs task definitions: data, features, training, predictions, records. One engine serves a whole
 * process; its runs share the features. Safe for use by several threads.
 */
public final class ResearchEngine {

  /** Parameters of this name say what a run was without. */
  private static final String LEFT_OUT = "left_out.";

  private final EngineSettings settings;
  private final DataRoots roots;
  private final FeatureCache cache;
  private final DatasetLoader loader;

  public ResearchEngine(EngineSettings settings) {
    this.settings = settings;
    this.roots = new DataRoots(settings.dataRoots());
    this.cache = new FeatureCache(settings.cacheBytes());
    this.loader = new DatasetLoader(cache, new FactorEngine(settings.threads()));
  }

  /** The features that the runs share, to watch its figures. */
  public FeatureCache cache() {
    return cache;
  }

  /**
   * Runs one task.
   *
   * <p>Metrics: those of the model by round ({@code l2.train}, {@code l2.valid}), {@code
   * best_iteration}, those of the records ({@code IC}, ...), and the seconds of each phase: {@code
   * time.features} (data, features and processing; next to nothing if they were shared), {@code
   * time.train}, {@code time.predict}, {@code time.record}.
   *
   * <p>A part that cannot be computed, such as a back-test, is left out, and a parameter {@code
   * left_out.<path>} of the recorder says so.
   *
   * @param definition Qlib's task dict as plain JSON, with {@code qlib_init}
   * @return the last value of every metric
   * @throws io.windrow.quant.definition.DefinitionException if the definition cannot run, ever
   * @throws io.windrow.quant.data.DataException if the data is missing or broken
   * @throws java.util.concurrent.CancellationException if it was asked to stop
   */
  public Map<String, Double> run(
      Map<String, ?> definition, RunRecorder recorder, Cancellation cancel) {
    TaskPlan plan = TaskPlan.of(definition);
    Path folder = roots.resolve(plan.providerUri());
    Flat.of(definition).forEach(recorder::param);
    plan.leftOut().forEach(part -> recorder.param(LEFT_OUT + part.path(), part.message()));
    RunMetrics metrics = new RunMetrics(recorder, cancel, settings.threads());

    Dataset dataset =
        metrics.timed("features", () -> loader.load(folder, plan.dataset(), cancel::check));
    TrainingData training = trainingData(dataset);
    FeatureLabelPanel test = dataset.prepare(DatasetConfig.TEST, DataKey.INFER);
    FeatureLabelPanel rawTest = dataset.prepare(DatasetConfig.TEST, DataKey.RAW);

    try (TrainedModel model = metrics.timed("train", () -> plan.model().train(training, metrics))) {
      model.metrics().forEach(metrics::put);
      cancel.check();
      RunResults results =
          metrics.timed(
              "predict", () -> RunScores.results(model, test.features(), rawTest.labels()));
      cancel.check();
      metrics.timed(
          "record",
          () -> {
            recorder.artifact(model.artifactName(), model.artifact());
            for (ResultRecord record : plan.records()) {
              record.write(results, recorder::artifact).forEach(metrics::put);
            }
            return true;
          });
    }
    return metrics.last();
  }

  private static TrainingData trainingData(Dataset dataset) {
    return new TrainingData(
        dataset.prepare(DatasetConfig.TRAIN, DataKey.LEARN),
        dataset.has(DatasetConfig.VALID)
            ? Optional.of(dataset.prepare(DatasetConfig.VALID, DataKey.LEARN))
            : Optional.empty());
  }
}
