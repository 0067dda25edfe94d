package io.windrow.quant.model;

import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.Optional;

/**
 * What a model learns from.
 *
 * @param train at least one row, one label column
 * @param valid to stop early on, if the dataset has such a segment
 */
public record TrainingData(FeatureLabelPanel train, Optional<FeatureLabelPanel> valid) {}
