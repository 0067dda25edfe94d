package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;

/** tanh(x - 1) of every feature. */
record TanhProcess() implements Processor {

  @Override
  public void process(PanelEditor panel) {
    for (int day = 0; day < panel.days(); day++) {
      float[] values = panel.write(Part.FEATURE, day);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) kernel(values[i]);
      }
    }
  }

  static double kernel(double value) {
    return Math.tanh(value - 1);
  }
}
