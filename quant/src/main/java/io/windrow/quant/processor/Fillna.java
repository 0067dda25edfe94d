package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;

/** Missing values become a constant. */
record Fillna(FieldsGroup group, double fillValue) implements Processor {

  @Override
  public void process(PanelEditor panel) {
    for (Part part : group.parts()) {
      panel.forEachDay(
          day -> {
            if (hasNaN(panel.read(part, day))) {
              fill(panel.write(part, day));
            }
          });
    }
  }

  private static boolean hasNaN(float[] values) {
    for (float value : values) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  private void fill(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        values[i] = (float) fillValue;
      }
    }
  }
}
