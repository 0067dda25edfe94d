package io.windrow.quant.run;

import io.windrow.quant.data.DataRoots;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.dataset.DataKey;
import io.windrow.quant.dataset.Dataset;
import io.windrow.quant.dataset.DatasetConfig;
import io.windrow.quant.dataset.DatasetLoader;
import io.windrow.quant.dataset.FeatureCache;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.factor.FactorEngine;
import io.windrow.quant.model.FeatureImportance;
import io.windrow.quant.model.Model;
import io.windrow.quant.model.Models;
import io.windrow.quant.model.Reweighter;
import io.windrow.quant.model.TrainedModel;
import io.windrow.quant.model.TrainingData;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.record.ResultRecord;
import io.windrow.quant.record.RunResults;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.reference.ArtifactSource.Artifact;
import io.windrow.quant.reference.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs task definitions: data, features, training, predictions, records. One engine serves a whole
 * process; its runs share the features. Safe for use by several threads.
 */
public final class ResearchEngine {

  /** Parameters of this name say what a run was without. */
  private static final String LEFT_OUT = "left_out.";

  /** And of this one what is hardly meant. */
  private static final String WARNING = "warning.";

  private static final String LOADED_FROM = "loaded_from";
  private static final String STARTED_FROM = "started_from";

  private final EngineSettings settings;
  private final DataRoots roots;
  private final FeatureCache cache;
  private final DatasetLoader loader;

  public ResearchEngine(EngineSettings settings) {
    this.settings = settings;
    this.roots = new DataRoots(settings.dataRoots());
    this.cache = new FeatureCache(settings.cache());
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
   * <p>Without records the run ends with the model: nothing is predicted.
   *
   * <p>A part that cannot be computed, such as a strategy that is not there, is left out, and a
   * parameter {@code left_out.<path>} of the recorder says so; so does one for what the data lacks
   * and the run can do without. {@code warning.<path>} tells what is hardly meant.
   *
   * <p>A model that was read instead of trained gives {@code time.load} in place of {@code
   * time.train}, and a parameter {@code loaded_from}; one that went on from another a parameter
   * {@code started_from}: recorder and path.
   *
   * @param definition Qlib's task dict as plain JSON, with {@code qlib_init}
   * @param artifacts where its references are read
   * @return the last value of every metric
   * @throws io.windrow.quant.definition.DefinitionException if the definition cannot run, ever
   * @throws io.windrow.quant.data.DataException if the data is missing or broken
   * @throws java.util.concurrent.CancellationException if it was asked to stop
   */
  public Map<String, Double> run(
      Map<String, ?> definition,
      ArtifactSource artifacts,
      RunRecorder recorder,
      Cancellation cancel) {
    TaskPlan plan = TaskPlan.of(definition);
    Path folder = roots.resolve(plan.providerUri());
    Flat.of(definition).forEach(recorder::param);
    plan.warnings().forEach(warning -> note(warning, recorder));
    DataStore data = DataStore.open(folder);
    plan.check(data).forEach(warning -> note(warning, recorder));
    RunMetrics metrics = new RunMetrics(recorder, cancel, settings.threads());

    Dataset dataset =
        metrics.timed("features", () -> loader.load(folder, plan.dataset(), cancel::check));
    FeatureLabelPanel test = dataset.prepare(DatasetConfig.TEST, DataKey.INFER);
    FeatureLabelPanel rawTest = dataset.prepare(DatasetConfig.TEST, DataKey.RAW);

    Reader reader = new Reader(artifacts, recorder);
    try (TrainedModel model =
        model(plan.model(), dataset, test.features().columns(), reader, metrics)) {
      model.metrics().forEach(metrics::put);
      cancel.check();
      if (plan.records().isEmpty()) {
        record(model, recorder);
        return metrics.last();
      }
      RunResults results =
          metrics.timed(
              "predict", () -> RunScores.results(data, model, test.features(), rawTest.labels()));
      cancel.check();
      metrics.timed(
          "record",
          () -> {
            record(model, recorder);
            for (ResultRecord record : plan.records()) {
              record.write(results, recorder::artifact).forEach(metrics::put);
            }
            return true;
          });
    }
    return metrics.last();
  }

  private static void note(Problem warning, RunRecorder recorder) {
    boolean without = warning.severity() == Problem.Severity.WARNING;
    recorder.param((without ? LEFT_OUT : WARNING) + warning.path(), warning.message());
  }

  private static void record(TrainedModel model, RunRecorder recorder) {
    recorder.artifact(model.artifactName(), model.artifact());
    List<FeatureImportance> importance = model.importance();
    if (!importance.isEmpty()) {
      recorder.artifact(FeatureImportance.ARTIFACT, FeatureImportance.table(importance));
    }
  }

  /** Reads what a definition refers to, and says so in the recorder. */
  private record Reader(ArtifactSource source, RunRecorder recorder) {
    Artifact read(Reference reference, String where, List<String> names, String param) {
      Artifact artifact = source.read(reference, where, names);
      recorder.param(param, artifact.place());
      return artifact;
    }
  }

  private static TrainedModel model(
      ModelPlan plan, Dataset dataset, List<String> columns, Reader reader, RunMetrics metrics) {
    if (plan instanceof ModelPlan.Load load) {
      return metrics.timed(
          "load",
          () ->
              Models.load(
                  reader.read(load.reference(), Reference.MODEL, Models.ARTIFACTS, LOADED_FROM),
                  columns,
                  metrics.threads()));
    }
    ModelPlan.Train train = (ModelPlan.Train) plan;
    Model model = train.model();
    Optional<Artifact> start =
        model
            .startsFrom()
            .map(
                reference ->
                    reader.read(reference, Reference.INIT_MODEL, Models.ARTIFACTS, STARTED_FROM));
    TrainingData data = trainingData(dataset, start, train.reweighter());
    LabelDoubts.in(data.train().labels()).forEach(doubt -> note(doubt, reader.recorder()));
    return metrics.timed("train", () -> model.train(data, metrics));
  }

  private static TrainingData trainingData(
      Dataset dataset, Optional<Artifact> start, Optional<Reweighter> reweighter) {
    return new TrainingData(
        dataset.prepare(DatasetConfig.TRAIN, DataKey.LEARN),
        dataset.has(DatasetConfig.VALID)
            ? Optional.of(dataset.prepare(DatasetConfig.VALID, DataKey.LEARN))
            : Optional.empty(),
        start,
        reweighter);
  }
}
