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

  /**
   * Label = 2 A B - B + noise, of the numbers of a linear congruential generator: the same in every
   * language, so that reference figures can be made elsewhere.
   */
  static FeatureLabelPanel arithmetic(int days, long seed) {
    long[] state = {seed};
    List<CrossSection> features = new ArrayList<>();
    List<CrossSection> labels = new ArrayList<>();
    int[] instruments = IntStream.range(0, INSTRUMENTS).toArray();
    for (int day = 0; day < days; day++) {
      float[] x = new float[INSTRUMENTS * COLUMNS.size()];
      float[] y = new float[INSTRUMENTS];
      for (int row = 0; row < INSTRUMENTS; row++) {
        int at = row * COLUMNS.size();
        for (int c = 0; c < COLUMNS.size(); c++) {
          x[at + c] = next(state);
        }
        y[row] = 2 * x[at] * x[at + 1] - x[at + 1] + 0.5f * next(state);
      }
      LocalDate date = LocalDate.of(2020, 1, 1).plusDays(day);
      features.add(new CrossSection(date, instruments, x));
      labels.add(new CrossSection(date, instruments, y));
    }
    List<String> symbols = IntStream.range(0, INSTRUMENTS).mapToObj(i -> "S" + i).toList();
    return new FeatureLabelPanel(
        new Panel(COLUMNS, symbols, features), new Panel(List.of("LABEL0"), symbols, labels));
  }

  /** Correlated features, every second of which lowers the label. */
  static FeatureLabelPanel wide(int days, int width, long seed) {
    Random random = new Random(seed);
    List<CrossSection> features = new ArrayList<>();
    List<CrossSection> labels = new ArrayList<>();
    int[] instruments = IntStream.range(0, INSTRUMENTS).toArray();
    for (int day = 0; day < days; day++) {
      float[] x = new float[INSTRUMENTS * width];
      float[] y = new float[INSTRUMENTS];
      for (int row = 0; row < INSTRUMENTS; row++) {
        double common = random.nextGaussian();
        for (int c = 0; c < width; c++) {
          x[row * width + c] = (float) (common + random.nextGaussian());
          y[row] += (float) ((c % 2 == 0 ? 0.1 : -0.05) * x[row * width + c]);
        }
        y[row] += (float) random.nextGaussian();
      }
      LocalDate date = LocalDate.of(2020, 1, 1).plusDays(day);
      features.add(new CrossSection(date, instruments, x));
      labels.add(new CrossSection(date, instruments, y));
    }
    List<String> columns = IntStream.range(0, width).mapToObj(i -> "F" + i).toList();
    List<String> symbols = IntStream.range(0, INSTRUMENTS).mapToObj(i -> "S" + i).toList();
    return new FeatureLabelPanel(
        new Panel(columns, symbols, features), new Panel(List.of("LABEL0"), symbols, labels));
  }

  /** A copy in which every n-th row lacks a column. */
  static FeatureLabelPanel withGaps(FeatureLabelPanel panel, int column, int everyNth) {
    List<CrossSection> features = new ArrayList<>();
    int row = 0;
    for (CrossSection day : panel.features().days()) {
      float[] values = day.values().clone();
      for (int i = 0; i < day.rows(); i++) {
        if (row++ % everyNth == 0) {
          values[i * COLUMNS.size() + column] = Float.NaN;
        }
      }
      features.add(new CrossSection(day.date(), day.instruments(), values));
    }
    return new FeatureLabelPanel(
        new Panel(COLUMNS, panel.features().symbols(), features), panel.labels());
  }

  private static float next(long[] state) {
    state[0] = (state[0] * 1103515245 + 12345) % 2147483648L;
    return (float) (state[0] / 2147483648.0 - 0.5);
  }
}
