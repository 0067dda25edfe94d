package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;

/** Per day: the rank of each value, spread to mean 0 and deviation about 1. */
record CSRankNorm(FieldsGroup group) implements Processor {

  @Override
  public void process(PanelEditor panel) {
    CrossSectional.apply(panel, group, ColumnMath::rank);
  }
}
