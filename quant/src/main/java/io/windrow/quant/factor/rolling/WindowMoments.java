package io.windrow.quant.factor.rolling;

/**
 * Mean and variance of a sliding window; NaN and infinite values are skipped. Moments of two parts
 * are merged as in Chan, Golub and LeVeque (1979), so a constant window has a variance of exactly
 * 0.
 */
public final class WindowMoments {

  private final int[] count;
  private final double[] mean;

  /** Sum of squared distances from the mean. */
  private final double[] squares;

  private WindowMoments(int days) {
    count = new int[days];
    mean = new double[days];
    squares = new double[days];
  }

  /**
   * Slides a window along.
   *
   * @param n length of the window in days, 0 for all days so far
   */
  public static WindowMoments of(double[] series, int n) {
    WindowMoments windows = new WindowMoments(series.length);
    int length = Window.length(n, series.length);
    windows.blockEnds(series, length);
    windows.blockBeginnings(series, length);
    return windows;
  }

  /** Leaves at each day the moments of that part of its window that lies in the block before. */
  private void blockEnds(double[] series, int length) {
    for (int block = 0; block + length < series.length; block += length) {
      int counted = 0;
      double average = 0;
      double squared = 0;
      for (int i = block + length - 1; i > block; i--) {
        double value = series[i];
        if (Window.counts(value)) {
          counted++;
          double distance = value - average;
          average += distance * (1.0 / counted);
          squared += distance * (value - average);
        }
        int day = i + length - 1;
        if (day < series.length) {
          count[day] = counted;
          mean[day] = average;
          squares[day] = squared;
        }
      }
    }
  }

  private void blockBeginnings(double[] series, int length) {
    int counted = 0;
    double average = 0;
    double squared = 0;
    int left = length;
    for (int day = 0; day < series.length; day++) {
      if (left == 0) {
        counted = 0;
        average = 0;
        squared = 0;
        left = length;
      }
      left--;
      double value = series[day];
      if (Window.counts(value)) {
        counted++;
        double distance = value - average;
        average += distance * (1.0 / counted);
        squared += distance * (value - average);
      }
      merge(day, counted, average, squared);
    }
  }

  private void merge(int day, int counted, double average, double squared) {
    if (counted == 0) {
      return;
    }
    int before = count[day];
    int total = before + counted;
    double share = (double) counted / total;
    double distance = average - mean[day];
    count[day] = total;
    mean[day] = before == 0 ? average : mean[day] + distance * share;
    squares[day] += squared + distance * distance * before * share;
  }

  /** How many values the window of that day holds. */
  public int count(int day) {
    return count[day];
  }

  /** NaN if the window holds no value. */
  public double mean(int day) {
    return count[day] == 0 ? Double.NaN : mean[day];
  }

  /** With divisor count - 1; NaN if the window holds fewer than two values. */
  public double variance(int day) {
    return count[day] < 2 ? Double.NaN : squares[day] / (count[day] - 1);
  }

  /** Square root of {@link #variance}. */
  public double deviation(int day) {
    return Math.sqrt(variance(day));
  }
}
