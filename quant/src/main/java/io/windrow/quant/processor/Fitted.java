package io.windrow.quant.processor;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Fits a normalisation of each column on the pooled rows of some days and applies it to all. */
final class Fitted {

  /** Columns gathered in one pass: a row's neighbours share cache lines. */
  private static final int BLOCK = 16;

  private Fitted() {}

  static void apply(
      PanelEditor panel, FieldsGroup group, DateRange days, Function<double[], Affine> fit) {
    for (Part part : group.parts()) {
      Affine[] columns = fit(panel, part, days, fit);
      panel.forEachDay(day -> normalise(panel.write(part, day), columns));
    }
  }

  static Affine[] fit(
      PanelEditor panel, Part part, DateRange days, Function<double[], Affine> fit) {
    int width = panel.columns(part).size();
    int rows =
        IntStream.range(0, panel.days())
            .filter(day -> days.contains(panel.date(day)))
            .map(panel::rows)
            .sum();
    Affine[] columns = new Affine[width];
    panel
        .loop()
        .forEach(
            (width + BLOCK - 1) / BLOCK,
            () -> {
              double[][] block = new double[Math.min(BLOCK, width)][rows];
              return i -> {
                int first = i * BLOCK;
                int count = Math.min(BLOCK, width - first);
                gather(panel, part, days, first, count, block);
                for (int c = 0; c < count; c++) {
                  columns[first + c] = fit.apply(block[c]);
                }
              };
            });
    return columns;
  }

  private static void gather(
      PanelEditor panel, Part part, DateRange days, int first, int count, double[][] block) {
    int width = panel.columns(part).size();
    int target = 0;
    for (int day = 0; day < panel.days(); day++) {
      if (!days.contains(panel.date(day))) {
        continue;
      }
      float[] values = panel.read(part, day);
      for (int row = 0; row < panel.rows(day); row++, target++) {
        for (int c = 0; c < count; c++) {
          block[c][target] = values[row * width + first + c];
        }
      }
    }
  }

  private static void normalise(float[] values, Affine[] columns) {
    for (int row = 0; row < values.length; row += columns.length) {
      for (int c = 0; c < columns.length; c++) {
        values[row + c] = columns[c].apply(values[row + c]);
      }
    }
  }
}
