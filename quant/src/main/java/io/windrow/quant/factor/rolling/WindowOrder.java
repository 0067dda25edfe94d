package io.windrow.quant.factor.rolling;

import java.util.Arrays;

/** Ranks and quantiles of a sliding window; NaN and infinite values are skipped. */
public final class WindowOrder {

  /** From this length on the tree's logarithm beats the array's shift. */
  private static final int LONG = 1_000;

  private final double[] rank;
  private final double[] levels;
  private final double[][] quantiles;

  private WindowOrder(double[] series, Window window, double[] levels, SortedValues sorted) {
    this.levels = Arrays.stream(levels).sorted().toArray();
    rank = new double[series.length];
    quantiles = new double[levels.length][series.length];
    int first = 0;
    for (int day = 0; day < series.length; day++) {
      if (first < window.first(day)) {
        if (Window.counts(series[first])) {
          sorted.remove(first);
        }
        first++;
      }
      boolean present = Window.counts(series[day]);
      if (present) {
        sorted.add(day);
      }
      rank[day] =
          present ? (sorted.below(day) + 1 + sorted.upTo(day)) / (2.0 * sorted.size()) : Double.NaN;
      for (int i = 0; i < levels.length; i++) {
        quantiles[i][day] = quantile(sorted, this.levels[i]);
      }
    }
  }

  /**
   * Slides a window along.
   *
   * @param levels of the quantiles wanted, each from 0 to 1
   */
  public static WindowOrder of(double[] series, Window window, double... levels) {
    int longest = window.longest(series.length);
    SortedValues sorted =
        longest >= LONG ? new SortedTree(series) : new SortedArray(series, longest);
    return of(series, window, levels, sorted);
  }

  static WindowOrder of(double[] series, Window window, double[] levels, SortedValues sorted) {
    return new WindowOrder(series, window, levels, sorted);
  }

  /** With linear interpolation; NaN if there is no value. */
  private static double quantile(SortedValues sorted, double level) {
    int size = sorted.size();
    if (size == 0) {
      return Double.NaN;
    }
    double place = level * (size - 1);
    int low = (int) place;
    double value = sorted.at(low);
    return low + 1 < size ? value + (sorted.at(low + 1) - value) * (place - low) : value;
  }

  /**
   * Today's average rank divided by the number of values, in (0, 1]; NaN where there is no value
   * today.
   */
  public double[] rank() {
    return rank;
  }

  /**
   * Quantile with linear interpolation; NaN where the window holds no value.
   *
   * @param level one of those asked for
   */
  public double[] quantile(double level) {
    return quantiles[Arrays.binarySearch(levels, level)];
  }
}
