package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;
import java.util.function.Consumer;

/** Applies a kernel to each column of each day. */
final class CrossSectional {

  private CrossSectional() {}

  static void apply(PanelEditor panel, FieldsGroup group, Consumer<double[]> kernel) {
    for (Part part : group.parts()) {
      int width = panel.columns(part).size();
      panel.forEachDay(day -> apply(panel.write(part, day), panel.rows(day), width, kernel));
    }
  }

  private static void apply(float[] values, int rows, int width, Consumer<double[]> kernel) {
    double[] column = new double[rows];
    for (int c = 0; c < width; c++) {
      for (int row = 0; row < rows; row++) {
        column[row] = values[row * width + c];
      }
      kernel.accept(column);
      for (int row = 0; row < rows; row++) {
        values[row * width + c] = (float) column[row];
      }
    }
  }
}
