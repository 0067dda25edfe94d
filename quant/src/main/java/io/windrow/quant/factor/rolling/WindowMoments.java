package io.windrow.quant.factor.rolling;

/**
 * Variance of a sliding window; NaN and infinite values are skipped. Moments of two parts are
 * merged as in Chan, Golub and LeVeque (1979), so a constant window has a variance of exactly 0.
 */
public final class WindowMoments extends Blocks {

  private final double[] series;
  private final int[] count;
  private final double[] mean;

  /** Sum of squared distances from the mean. */
  private final double[] squares;

  private int counted;
  private double average;
  private double squared;

  private WindowMoments(double[] series) {
    this.series = series;
    count = new int[series.length];
    mean = new double[series.length];
    squares = new double[series.length];
  }

  public static WindowMoments of(double[] series, Window window) {
    WindowMoments moments = new WindowMoments(series);
    moments.slide(series.length, window);
    return moments;
  }

  @Override
  void clear() {
    counted = 0;
    average = 0;
    squared = 0;
  }

  @Override
  void add(int day) {
    double value = series[day];
    if (Window.counts(value)) {
      counted++;
      double distance = value - average;
      average += distance * (1.0 / counted);
      squared += distance * (value - average);
    }
  }

  @Override
  void keep(int day) {
    count[day] = counted;
    mean[day] = average;
    squares[day] = squared;
  }

  @Override
  void merge(int day) {
    if (counted == 0) {
      return;
    }
    int before = count[day];
    int total = before + counted;
    double share = (double) counted / total;
    double distance = average - mean[day];
    count[day] = total;
    mean[day] = before == 0 ? average : mean[day] + distance * share;
    squares[day] += squared + distance * distance * (before * share);
  }

  /** With divisor count - 1; NaN where the window holds fewer than two values. */
  public double[] variance() {
    double[] result = new double[count.length];
    for (int day = 0; day < result.length; day++) {
      result[day] = count[day] < 2 ? Double.NaN : squares[day] / (count[day] - 1);
    }
    return result;
  }

  /** Square root of {@link #variance}. */
  public double[] deviation() {
    double[] result = variance();
    for (int day = 0; day < result.length; day++) {
      result[day] = Math.sqrt(result[day]);
    }
    return result;
  }
}
