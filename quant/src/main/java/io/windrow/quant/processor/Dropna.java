package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;
import java.util.BitSet;

/**
 * Drops rows with a missing value: Qlib's DropnaProcessor, and DropnaLabel which may not be used on
 * data for predictions.
 */
record Dropna(FieldsGroup group, boolean isForInference) implements Processor {

  @Override
  public void process(PanelEditor panel) {
    panel.forEachDay(
        day -> {
          BitSet keep = new BitSet(panel.rows(day));
          keep.set(0, panel.rows(day));
          for (Part part : group.parts()) {
            clearMissing(keep, panel.read(part, day), panel.columns(part).size());
          }
          panel.keepRows(day, keep);
        });
  }

  private static void clearMissing(BitSet keep, float[] values, int width) {
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        keep.clear(i / width);
      }
    }
  }
}
