package io.windrow.quant.model;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up panels whose label depends on the features. */
final class Samples {

  static final List<String> COLUMNS = List.of("A", "B", "C$", "D");
  private static final int INSTRUMENTS = 20;

  private Samples() {}

  /** Label = 2 A - B + noise; D is always missing if asked for. */
  static FeatureLabelPanel panel(int days, double noise, boolean missing, long seed) {
    Random random = new Random(seed);
    List<CrossSection> features = new ArrayList<>();
    List<CrossSection> labels = new ArrayList<>();
    int[] instruments = IntStream.range(0, INSTRUMENTS).toArray();
    for (int day = 0; day < days; day++) {
      float[] x = new float[INSTRUMENTS * COLUMNS.size()];
      float[] y = new float[INSTRUMENTS];
      for (int row = 0; row < INSTRUMENTS; row++) {
        int at = row * COLUMNS.size();
        for (int c = 0; c < COLUMNS.size(); c++) {
          x[at + c] = (float) random.nextGaussian();
        }
        x[at + 3] = missing ? Float.NaN : x[at + 3];
        y[row] = (float) (2 * x[at] - x[at + 1] + noise * random.nextGaussian());
      }
      LocalDate date = LocalDate.of(2020, 1, 1).plusDays(day);
      features.add(new CrossSection(date, instruments, x));
      labels.add(new CrossSection(date, instruments, y));
    }
    List<String> symbols = IntStream.range(0, INSTRUMENTS).mapToObj(i -> "S" + (100 + i)).toList();
    return new FeatureLabelPanel(
        new Panel(COLUMNS, symbols, features), new Panel(List.of("LABEL0"), symbols, labels));
  }
}
