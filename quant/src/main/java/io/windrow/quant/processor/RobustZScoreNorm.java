package io.windrow.quant.processor;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.panel.PanelEditor;

/** Fitted: distance to the median by the median absolute deviation, maybe cut to [-3, 3]. */
record RobustZScoreNorm(FieldsGroup group, DateRange fit, boolean clipOutlier)
    implements Processor {

  @Override
  public void process(PanelEditor panel) {
    Fitted.apply(panel, group, fit, column -> Affine.robust(column, clipOutlier, x -> (float) x));
  }

  @Override
  public Processor within(DateRange handlerDays) {
    return new RobustZScoreNorm(group, fit.intersect(handlerDays), clipOutlier);
  }
}
