package io.windrow.quant.panel;

/** A half of a {@link FeatureLabelPanel}. */
public enum Part {
  FEATURE,
  LABEL
}
