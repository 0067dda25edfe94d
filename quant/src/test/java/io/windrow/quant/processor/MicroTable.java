package io.windrow.quant.processor;

import io.windrow.quant.Golden;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The table of {@code micro.json}: 3 days of 5 instruments, two features and a label. */
final class MicroTable {

  static final int DAYS = 3;
  static final int ROWS = 5;

  private final JsonNode micro = Golden.json("micro.json");

  /** One column of one day. */
  double[] column(int day, int column, boolean finite) {
    double[] values = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      double value = Golden.number(micro.get("input").get(day * ROWS + row).get(column));
      values[row] = finite && Double.isInfinite(value) ? Double.NaN : value;
    }
    return values;
  }

  /** What Qlib's processor made of it. */
  JsonNode expected(String name) {
    return micro.get("out").get(name);
  }

  double[] expected(String name, int day, int column) {
    double[] values = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      values[row] = Golden.number(expected(name).get("values").get(day * ROWS + row).get(column));
    }
    return values;
  }

  FeatureLabelPanel panel(boolean finite) {
    List<CrossSection> features = new ArrayList<>();
    List<CrossSection> labels = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      float[] left = new float[ROWS * 2];
      float[] right = new float[ROWS];
      for (int row = 0; row < ROWS; row++) {
        left[row * 2] = (float) column(day, 0, finite)[row];
        left[row * 2 + 1] = (float) column(day, 1, finite)[row];
        right[row] = (float) column(day, 2, finite)[row];
      }
      int[] instruments = {0, 1, 2, 3, 4};
      LocalDate date = LocalDate.parse(micro.get("index").get(day * ROWS).get(0).stringValue());
      features.add(new CrossSection(date, instruments, left));
      labels.add(new CrossSection(date, instruments, right));
    }
    List<String> symbols = List.of("A", "B", "C", "D", "E");
    return new FeatureLabelPanel(
        new Panel(List.of("F0", "F1"), symbols, features),
        new Panel(List.of("LABEL0"), symbols, labels));
  }
}
