package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;

/** Changes how Qlib stores a table, not what is in it: nothing to do here. */
record HashStockFormat() implements Processor {

  @Override
  public void process(PanelEditor panel) {}
}
