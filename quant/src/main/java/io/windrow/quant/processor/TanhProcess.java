package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;
import java.util.List;
import java.util.stream.IntStream;

/** tanh(x - 1) of every column without LABEL in its name. */
record TanhProcess() implements Processor {

  private static final String UNTOUCHED = "LABEL";

  @Override
  public void process(PanelEditor panel) {
    for (Part part : Part.values()) {
      List<String> columns = panel.columns(part);
      int[] chosen =
          IntStream.range(0, columns.size())
              .filter(column -> !columns.get(column).contains(UNTOUCHED))
              .toArray();
      if (chosen.length > 0) {
        panel.forEachDay(day -> apply(panel.write(part, day), columns.size(), chosen));
      }
    }
  }

  private static void apply(float[] values, int width, int[] chosen) {
    for (int row = 0; row < values.length; row += width) {
      for (int column : chosen) {
        values[row + column] = (float) kernel(values[row + column]);
      }
    }
  }

  static double kernel(double value) {
    return Math.tanh(value - 1);
  }
}
