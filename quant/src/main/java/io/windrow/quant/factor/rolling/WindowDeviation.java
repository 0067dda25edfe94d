package io.windrow.quant.factor.rolling;

/** Mean distance from the mean of a sliding window; NaN and infinite values are skipped. */
public final class WindowDeviation {

  /** From this length on the tree's logarithm beats looking at every day. */
  static final int LONG = 150;

  private WindowDeviation() {}

  /** Mean absolute deviation of each day's window. */
  public static double[] of(double[] series, Window window) {
    return isScanned(window) ? scanned(series, window) : summed(series, window);
  }

  /** Whether each window is looked at day by day, so that equal windows give equal bits. */
  public static boolean isScanned(Window window) {
    return window.days() > 0 && window.days() < LONG;
  }

  static double[] scanned(double[] series, Window window) {
    double[] result = new double[series.length];
    for (int day = 0; day < series.length; day++) {
      int first = window.first(day);
      int count = 0;
      double sum = 0;
      for (int i = first; i <= day; i++) {
        if (Window.counts(series[i])) {
          count++;
          sum += series[i];
        }
      }
      double mean = sum / count;
      double distance = 0;
      for (int i = first; i <= day; i++) {
        if (Window.counts(series[i])) {
          distance += Math.abs(series[i] - mean);
        }
      }
      result[day] = distance / count;
    }
    return result;
  }

  static double[] summed(double[] series, Window window) {
    RankSums sums = new RankSums(series);
    double[] result = new double[series.length];
    int first = 0;
    for (int day = 0; day < series.length; day++) {
      if (first < window.first(day)) {
        sums.change(first++, -1);
      }
      sums.change(day, 1);
      result[day] = sums.deviation();
    }
    return result;
  }
}
