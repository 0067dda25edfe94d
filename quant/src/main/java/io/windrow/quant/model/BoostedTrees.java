package io.windrow.quant.model;

import io.windrow.quant.panel.Panel;
import java.util.List;
import java.util.Map;

/**
 * Trees of LightGBM as their own text gives them back, so that a reader of the text predicts the
 * same.
 */
final class BoostedTrees implements TrainedModel {
  static final String ARTIFACT = "model.txt";

  private final byte[] text;
  private final int bestIteration;
  private final List<String> columns;
  private final int threads;
  private final NativeBooster booster;

  /**
   * @param text LightGBM's text format
   * @param bestIteration rounds in the text
   * @param columns of the features, in their order
   */
  BoostedTrees(byte[] text, int bestIteration, List<String> columns, int threads) {
    this.text = text;
    this.bestIteration = bestIteration;
    this.columns = List.copyOf(columns);
    this.threads = threads;
    this.booster = NativeBooster.load(text);
  }

  @Override
  public double[] predict(Panel features) {
    return booster.predict(features, LightGbmApi.PREDICT_NORMAL, threads);
  }

  @Override
  public String artifactName() {
    return ARTIFACT;
  }

  @Override
  public byte[] artifact() {
    return text.clone();
  }

  @Override
  public Map<String, Double> metrics() {
    return Map.of("best_iteration", (double) bestIteration);
  }

  @Override
  public List<FeatureImportance> importance() {
    double[] split = booster.importance(LightGbmApi.IMPORTANCE_SPLIT, columns.size());
    double[] gain = booster.importance(LightGbmApi.IMPORTANCE_GAIN, columns.size());
    return FeatureImportance.sorted(columns, column -> split[column], column -> gain[column]);
  }

  @Override
  public void close() {
    booster.close();
  }
}
