package io.windrow.quant.processor;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.panel.PanelEditor;

/** Fitted: distance to the mean by the standard deviation (ddof 0). */
record ZScoreNorm(FieldsGroup group, DateRange fit) implements Processor {

  @Override
  public void process(PanelEditor panel) {
    Fitted.apply(panel, group, fit, Affine::standard);
  }

  @Override
  public Processor within(DateRange handlerDays) {
    return new ZScoreNorm(group, fit.intersect(handlerDays));
  }
}
