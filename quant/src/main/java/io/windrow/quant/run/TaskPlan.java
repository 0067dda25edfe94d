package io.windrow.quant.run;

import io.windrow.quant.backtest.Region;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.dataset.DatasetConfig;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Placeholders;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.record.Records;
import io.windrow.quant.record.ResultRecord;
import io.windrow.quant.reference.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A definition that was read without a problem.
 *
 * @param providerUri folder of the data as the definition names it
 * @param model what to train, or to read
 * @param dataset on what
 * @param records what to write down
 * @param warnings what the run does without, and what is hardly meant
 */
record TaskPlan(
    String providerUri,
    ModelPlan model,
    DatasetConfig dataset,
    List<ResultRecord> records,
    List<Problem> warnings) {

  TaskPlan {
    records = List.copyOf(records);
    warnings = List.copyOf(warnings);
  }

  /**
   * The plan of a definition that can run.
   *
   * @throws DefinitionException with everything that prevents it
   */
  static TaskPlan of(Map<String, ?> definition) {
    List<Problem> problems = new ArrayList<>();
    Optional<TaskPlan> plan = read(definition, problems);
    List<Problem> prevent = problems.stream().filter(Problem::prevents).toList();
    if (!prevent.isEmpty() || plan.isEmpty()) {
      throw new DefinitionException(prevent);
    }
    return plan.get();
  }

  /**
   * Holds the plan against its data, before time is spent on it.
   *
   * @return what the run will be without
   * @throws DefinitionException with everything without which it cannot run
   */
  List<Problem> check(DataStore data) {
    List<Problem> lacking = new ArrayList<>(dataset.lacking(segments(), data));
    lacking.addAll(recordsLack(data));
    List<Problem> prevent = lacking.stream().filter(Problem::prevents).toList();
    if (!prevent.isEmpty()) {
      throw new DefinitionException(prevent);
    }
    return lacking;
  }

  /** What the records need and the data lacks. */
  List<Problem> recordsLack(DataStore data) {
    return records.stream().flatMap(record -> record.check(data).stream()).toList();
  }

  private List<String> segments() {
    return model instanceof ModelPlan.Load
        ? List.of(DatasetConfig.TEST)
        : List.of(DatasetConfig.TRAIN, DatasetConfig.VALID, DatasetConfig.TEST);
  }

  /** Adds every problem to the list; the plan is empty if it lacks a part. */
  static Optional<TaskPlan> read(Map<String, ?> definition, List<Problem> problems) {
    Section root = Section.root(Placeholders.fill(definition, problems), problems);
    Section init = root.section("qlib_init");
    Optional<String> uri = init.text("provider_uri");
    if (root.has("qlib_init") && !init.has("provider_uri")) {
      init.problem("provider_uri", "is missing: name the folder of the data");
    }
    Reference.refuseElsewhere(definition, problems);
    Optional<ModelPlan> model =
        root.has(Reference.MODEL) ? ModelPlan.read(root) : missing(root, Reference.MODEL);
    Region region = Region.of(init.text("region").orElse(""));
    Optional<DatasetConfig> dataset =
        root.has("dataset")
            ? DatasetConfig.read(root.section("dataset"))
            : missing(root, "dataset");
    dataset.ifPresent(config -> problems.addAll(config.doubts()));
    int labels = dataset.map(config -> config.handler().labels().names().size()).orElse(1);
    if (labels > 1) {
      problems.add(
          new Problem(
              "dataset.kwargs.handler.kwargs.label",
              "has " + labels + " labels, but the models learn one"));
    }
    if (model.isPresent() && dataset.isPresent() && lacksValid(model.get(), dataset.get())) {
      problems.add(
          new Problem(
              "dataset.kwargs.segments",
              "has no segment valid, on which XGBModel stops, as in Qlib: add one"));
    }
    List<ResultRecord> records = Records.read(root, labels, region);
    root.rejectOthers();
    if (uri.isEmpty() || model.isEmpty() || dataset.isEmpty()) {
      return Optional.empty();
    }
    List<Problem> warnings = problems.stream().filter(problem -> !problem.prevents()).toList();
    return Optional.of(new TaskPlan(uri.get(), model.get(), dataset.get(), records, warnings));
  }

  private static boolean lacksValid(ModelPlan model, DatasetConfig dataset) {
    return model instanceof ModelPlan.Train train
        && train.model().needsValid()
        && !dataset.segments().containsKey(DatasetConfig.VALID);
  }

  private static <T> Optional<T> missing(Section root, String key) {
    root.problem(key, "is missing; a map {class, kwargs} is expected here");
    return Optional.empty();
  }
}
