package io.windrow.quant.model;

import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.reference.ArtifactSource.Artifact;
import java.util.Optional;

/**
 * What a model learns from.
 *
 * @param train at least one row, one label column
 * @param valid to stop early on, if the dataset has such a segment
 * @param start the model it {@linkplain Model#startsFrom goes on from}, if there is one
 * @param reweighter of the rows of both; without one all count the same
 */
public record TrainingData(
    FeatureLabelPanel train,
    Optional<FeatureLabelPanel> valid,
    Optional<Artifact> start,
    Optional<Reweighter> reweighter) {

  /** To learn from nothing but the data. */
  public TrainingData(FeatureLabelPanel train, Optional<FeatureLabelPanel> valid) {
    this(train, valid, Optional.empty(), Optional.empty());
  }

  /** What the rows of a panel count for. */
  RowWeights weigh(FeatureLabelPanel panel) {
    return reweighter
        .map(weights -> RowWeights.scaled(weights.weights(panel)))
        .orElseGet(RowWeights::equal);
  }
}
