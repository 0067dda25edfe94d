package io.windrow.quant.model;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Section;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Gradient boosted trees by XGBoost, with the arguments of Qlib's XGBModel. Training stops early on
 * the valid segment; as Qlib's, the model keeps the rounds after the best one and predicts with
 * all.
 *
 * @param parameters for XGBoost
 * @param rounds most rounds of boosting
 * @param patience rounds without improvement after which training stops
 */
record XGBModel(XGBoostParameters parameters, int rounds, int patience) implements Model {

  private static final String ROUNDS = "num_boost_round";
  private static final String PATIENCE = "early_stopping_rounds";
  private static final String INIT_MODEL = "init_model";
  private static final List<String> OWN_KEYS =
      List.of(ROUNDS, PATIENCE, "verbose_eval", INIT_MODEL);
  private static final List<String> SEGMENTS = List.of("train", "valid");
  private static final int MOST_ROUNDS = 1_000_000;

  /** Reads {@code model.kwargs}. */
  static Model read(Section kwargs) {
    if (kwargs.has(INIT_MODEL)) {
      kwargs.problem(INIT_MODEL, "is for LGBModel only: Qlib's XGBModel begins without trees");
    }
    return new XGBModel(
        XGBoostParameters.read(kwargs, OWN_KEYS),
        kwargs.integer(ROUNDS, 1000, 1, MOST_ROUNDS),
        kwargs.integer(PATIENCE, 50, 1, MOST_ROUNDS));
  }

  @Override
  public boolean needsValid() {
    return true;
  }

  @Override
  public TrainedModel train(TrainingData data, Training training) {
    FeatureLabelPanel validPanel =
        data.valid()
            .orElseThrow(
                () ->
                    new DefinitionException(
                        "dataset.kwargs.segments.valid",
                        "is missing: XGBModel stops on it, as in Qlib"));
    FiniteValues.requireLabels(data.train(), "train", "XGBoost");
    FiniteValues.requireLabels(validPanel, "valid", "XGBoost");
    int threads = training.threads();
    try (XGBoostMatrix train = XGBoostMatrix.of(data.train(), data.weigh(data.train()), threads);
        XGBoostMatrix valid = XGBoostMatrix.of(validPanel, data.weigh(validPanel), threads);
        XGBoostBooster booster = XGBoostBooster.create(parameters.entries(threads), train, valid)) {
      boost(booster, train, valid, training);
      List<String> columns = data.train().features().columns();
      booster.nameColumns(columns);
      return new XGBoostTrees(booster.save(), columns, threads);
    }
  }

  private void boost(
      XGBoostBooster booster, XGBoostMatrix train, XGBoostMatrix valid, Training training) {
    EarlyStopping stopping = null;
    for (int round = 0; round < rounds; round++) {
      training.checkCancelled();
      booster.update(round, train);
      Map<String, Double> metrics = booster.evaluate(round, SEGMENTS, train, valid);
      for (Map.Entry<String, Double> metric : metrics.entrySet()) {
        training.metric(metric.getKey().replace('@', '_'), round, metric.getValue());
      }
      String watched = watched(metrics);
      double score = metrics.get(watched);
      if (stopping == null) {
        stopping = EarlyStopping.xgBoost(watched, patience);
      }
      boolean stop = stopping.shouldStop(round, new double[] {score});
      if (stopping.bestIteration() == round + 1) {
        booster.attribute(XGBoostTrees.BEST_ITERATION, Integer.toString(round));
        booster.attribute(XGBoostTrees.BEST_SCORE, Double.toString(score));
      }
      if (stop) {
        return;
      }
    }
  }

  /** Python's XGBoost watches the last metric of the last set. */
  private static String watched(Map<String, Double> metrics) {
    List<String> valid =
        metrics.keySet().stream()
            .filter(name -> name.endsWith(".valid"))
            .collect(Collectors.toList());
    if (valid.isEmpty()) {
      throw new DefinitionException(
          "model.kwargs",
          "XGBModel stops on a metric of the valid segment, and there is none: name an eval_metric"
              + " or leave out disable_default_eval_metric");
    }
    return valid.get(valid.size() - 1);
  }
}
