package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;

/** Per day: infinite values become the mean of the finite ones. */
record ProcessInf() implements Processor {

  @Override
  public void process(PanelEditor panel) {
    CrossSectional.apply(panel, FieldsGroup.ALL, ColumnMath::replaceInfinite);
  }
}
