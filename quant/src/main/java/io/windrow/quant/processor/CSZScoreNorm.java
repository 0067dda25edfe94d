package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;

/** Per day: z-scores, plain or by median and median absolute deviation. */
record CSZScoreNorm(FieldsGroup group, boolean robust) implements Processor {

  @Override
  public void process(PanelEditor panel) {
    CrossSectional.apply(panel, group, robust ? ColumnMath::robustZScore : ColumnMath::zScore);
  }
}
