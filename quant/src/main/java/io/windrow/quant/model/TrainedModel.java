package io.windrow.quant.model;

import io.windrow.quant.panel.Panel;
import java.util.List;
import java.util.Map;

/** A trained model; it may hold native memory until it is closed. */
public interface TrainedModel extends AutoCloseable {

  /** One value per row of the features, in their order. */
  double[] predict(Panel features);

  /**
   * Name of the artifact that holds the model: {@code model.txt}, {@code model.json}, {@code
   * xgboost.json}.
   */
  String artifactName();

  /** The model in the library's own text format, or as JSON. */
  byte[] artifact();

  /** What there is to say about the training: {@code best_iteration}. */
  Map<String, Double> metrics();

  /** What each feature did in the trees, most gain first; empty if it is no model of trees. */
  default List<FeatureImportance> importance() {
    return List.of();
  }

  @Override
  void close();
}
