package io.windrow.quant.dataset;

import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import java.util.List;

/**
 * The three stages of a handler's data; they share what is equal.
 *
 * @param raw as computed
 * @param infer for predictions
 * @param learn for training
 */
record HandlerData(FeatureLabelPanel raw, FeatureLabelPanel infer, FeatureLabelPanel learn) {

  /** From features and labels of each stage, in order. */
  static HandlerData of(List<Panel> panels) {
    return new HandlerData(pair(panels, 0), pair(panels, 2), pair(panels, 4));
  }

  private static FeatureLabelPanel pair(List<Panel> panels, int first) {
    return new FeatureLabelPanel(panels.get(first), panels.get(first + 1));
  }

  FeatureLabelPanel get(DataKey key) {
    return switch (key) {
      case RAW -> raw;
      case INFER -> infer;
      case LEARN -> learn;
    };
  }
}
