package io.windrow.quant.factor.rolling;

/** Sum, mean and count of a sliding window; NaN and infinite values are skipped. */
public final class WindowSum {

  private final int[] count;
  private final double[] sum;

  private WindowSum(int days) {
    count = new int[days];
    sum = new double[days];
  }

  /**
   * Slides a window along.
   *
   * @param n length of the window in days, 0 for all days so far
   */
  public static WindowSum of(double[] series, int n) {
    WindowSum windows = new WindowSum(series.length);
    int length = Window.length(n, series.length);
    windows.blockEnds(series, length);
    windows.blockBeginnings(series, length);
    return windows;
  }

  /** Leaves at each day the sum over that part of its window that lies in the block before. */
  private void blockEnds(double[] series, int length) {
    for (int block = 0; block + length < series.length; block += length) {
      int counted = 0;
      double total = 0;
      for (int i = block + length - 1; i > block; i--) {
        if (Window.counts(series[i])) {
          counted++;
          total += series[i];
        }
        int day = i + length - 1;
        if (day < series.length) {
          count[day] = counted;
          sum[day] = total;
        }
      }
    }
  }

  private void blockBeginnings(double[] series, int length) {
    int counted = 0;
    double total = 0;
    int left = length;
    for (int day = 0; day < series.length; day++) {
      if (left == 0) {
        counted = 0;
        total = 0;
        left = length;
      }
      left--;
      if (Window.counts(series[day])) {
        counted++;
        total += series[day];
      }
      count[day] += counted;
      sum[day] += total;
    }
  }

  /** How many values the window of that day holds. */
  public int count(int day) {
    return count[day];
  }

  /** NaN if the window holds no value. */
  public double sum(int day) {
    return count[day] == 0 ? Double.NaN : sum[day];
  }

  /** NaN if the window holds no value. */
  public double mean(int day) {
    return sum[day] / count[day];
  }
}
