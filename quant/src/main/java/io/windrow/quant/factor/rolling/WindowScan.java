package io.windrow.quant.factor.rolling;

/** Statistics that look at the whole window each day; their cost grows with its length. */
public final class WindowScan {

  private WindowScan() {}

  /** A statistic of the days {@code first} to {@code last} of a series. */
  private interface Statistic {
    double of(double[] series, int first, int last);
  }

  /** Mean distance from the mean; NaN and infinite values are skipped. */
  public static double[] absoluteDeviation(double[] series, int n) {
    return scan(series, n, WindowScan::absoluteDeviation);
  }

  /**
   * Mean of the values, each multiplied with its weight, which grows from the oldest day to today
   * and sums to 1 over the days of the window. As in Qlib a mean, not a sum; NaN and infinite
   * values are skipped.
   */
  public static double[] weightedMean(double[] series, int n) {
    return scan(series, n, WindowScan::weightedMean);
  }

  private static double[] scan(double[] series, int n, Statistic statistic) {
    int length = Window.length(n, series.length);
    double[] result = new double[series.length];
    for (int day = 0; day < series.length; day++) {
      result[day] = statistic.of(series, Math.max(0, day - length + 1), day);
    }
    return result;
  }

  private static double absoluteDeviation(double[] series, int first, int last) {
    int count = 0;
    double sum = 0;
    for (int day = first; day <= last; day++) {
      if (Window.counts(series[day])) {
        count++;
        sum += series[day];
      }
    }
    double mean = sum / count;
    double distance = 0;
    for (int day = first; day <= last; day++) {
      if (Window.counts(series[day])) {
        distance += Math.abs(series[day] - mean);
      }
    }
    return distance / count;
  }

  private static double weightedMean(double[] series, int first, int last) {
    int count = 0;
    double sum = 0;
    for (int day = first; day <= last; day++) {
      if (Window.counts(series[day])) {
        count++;
        sum += series[day] * (day - first + 1);
      }
    }
    double days = last - first + 1;
    return sum / (days * (days + 1) / 2) / count;
  }
}
