package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;

/** Per day: missing values become the mean of the others. */
record CSZFillna(FieldsGroup group) implements Processor {

  @Override
  public void process(PanelEditor panel) {
    CrossSectional.apply(panel, group, ColumnMath::fillWithMean);
  }
}
