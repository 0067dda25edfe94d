package io.windrow.quant.dataset;

import io.windrow.quant.panel.FeatureLabelPanel;

/**
 * The three stages of a handler's data; they share what is equal.
 *
 * @param raw as computed
 * @param infer for predictions
 * @param learn for training
 */
record HandlerData(FeatureLabelPanel raw, FeatureLabelPanel infer, FeatureLabelPanel learn) {

  FeatureLabelPanel get(DataKey key) {
    return switch (key) {
      case RAW -> raw;
      case INFER -> infer;
      case LEARN -> learn;
    };
  }
}
