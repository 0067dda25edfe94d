package io.windrow.quant.model;

import io.windrow.quant.panel.Panel;
import java.util.Map;

/** A trained model; it may hold native memory until it is closed. */
public interface TrainedModel extends AutoCloseable {

  /** One value per row of the features, in their order. */
  double[] predict(Panel features);

  /** Name of the artifact that holds the model: {@code model.txt}, {@code model.json}. */
  String artifactName();

  /** The model in the library's own text format, or as JSON. */
  byte[] artifact();

  /** What there is to say about the training: {@code best_iteration}. */
  Map<String, Double> metrics();

  @Override
  void close();
}
