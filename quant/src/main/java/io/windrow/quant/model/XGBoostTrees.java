package io.windrow.quant.model;

import io.windrow.quant.panel.Panel;
import java.util.List;
import java.util.Map;

/**
 * A model of XGBoost as its own JSON gives it back, so that a reader of the JSON predicts the same.
 */
final class XGBoostTrees implements TrainedModel {
  static final String ARTIFACT = "xgboost.json";

  /** An attribute of the booster, a round counted from 0, as Python's XGBoost sets it. */
  static final String BEST_ITERATION = "best_iteration";

  static final String BEST_SCORE = "best_score";

  private final byte[] json;
  private final List<String> columns;
  private final int threads;
  private final XGBoostBooster booster;

  /**
   * @param json XGBoost's own, trusted or checked
   * @param columns of the features, in their order
   */
  XGBoostTrees(byte[] json, List<String> columns, int threads) {
    this.json = json;
    this.columns = List.copyOf(columns);
    this.threads = threads;
    this.booster = XGBoostBooster.load(json, threads);
  }

  @Override
  public double[] predict(Panel features) {
    try (XGBoostMatrix matrix = XGBoostMatrix.of(features, threads)) {
      return booster.predict(matrix);
    }
  }

  @Override
  public String artifactName() {
    return ARTIFACT;
  }

  @Override
  public byte[] artifact() {
    return json.clone();
  }

  @Override
  public Map<String, Double> metrics() {
    return booster
        .attribute(BEST_ITERATION)
        .filter(round -> round.matches("[0-9]{1,9}"))
        .map(round -> Map.of(BEST_ITERATION, Double.parseDouble(round)))
        .orElseGet(Map::of);
  }

  @Override
  public List<FeatureImportance> importance() {
    if (booster.isLinear()) {
      return List.of();
    }
    List<String> names = NativeDataset.safeNames(columns);
    Map<String, Double> split = booster.importance("weight");
    Map<String, Double> gain = booster.importance("total_gain");
    return FeatureImportance.sorted(
        columns,
        column -> split.getOrDefault(names.get(column), 0.0),
        column -> gain.getOrDefault(names.get(column), 0.0));
  }

  @Override
  public void close() {
    booster.close();
  }
}
