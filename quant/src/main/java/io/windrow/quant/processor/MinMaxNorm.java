package io.windrow.quant.processor;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.panel.PanelEditor;

/** Fitted: the range of the fit days becomes [0, 1]; other days may lie outside. */
record MinMaxNorm(FieldsGroup group, DateRange fit) implements Processor {

  @Override
  public void process(PanelEditor panel) {
    Fitted.apply(panel, group, fit, Affine::minMax);
  }

  @Override
  public Processor within(DateRange handlerDays) {
    return new MinMaxNorm(group, fit.intersect(handlerDays));
  }
}
