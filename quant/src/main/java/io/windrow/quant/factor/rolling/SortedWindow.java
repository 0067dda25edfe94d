package io.windrow.quant.factor.rolling;

/**
 * The values of a sliding window in order, for ranks and quantiles; NaN and infinite values are
 * skipped. Moving costs a binary search and a short shift, which beats a tree at the lengths in
 * use.
 */
public final class SortedWindow {

  private final double[] series;
  private final int length;
  private final double[] sorted;
  private int size;
  private int day = -1;

  /**
   * A window that has not reached the first day yet.
   *
   * @param n length of the window in days, 0 for all days so far
   */
  public SortedWindow(double[] series, int n) {
    this.series = series;
    length = Window.length(n, series.length);
    sorted = new double[Math.min(length, series.length) + 1];
  }

  /** Moves the window on by one day. */
  public void advance() {
    day++;
    if (day >= length && Window.counts(series[day - length])) {
      int place = smaller(series[day - length]);
      size--;
      System.arraycopy(sorted, place + 1, sorted, place, size - place);
    }
    if (Window.counts(series[day])) {
      int place = smaller(series[day]);
      System.arraycopy(sorted, place, sorted, place + 1, size - place);
      sorted[place] = series[day];
      size++;
    }
  }

  /**
   * Today's average rank divided by the number of values, in (0, 1]; NaN if there is no value
   * today.
   */
  public double rank() {
    double today = series[day];
    if (!Window.counts(today)) {
      return Double.NaN;
    }
    int below = smaller(today);
    int upTo = below;
    while (upTo < size && sorted[upTo] == today) {
      upTo++;
    }
    return (below + 1 + upTo) / (2.0 * size);
  }

  /**
   * Quantile with linear interpolation; NaN if the window holds no value.
   *
   * @param q from 0 to 1
   */
  public double quantile(double q) {
    if (size == 0) {
      return Double.NaN;
    }
    double place = q * (size - 1);
    int low = (int) place;
    if (low + 1 >= size) {
      return sorted[size - 1];
    }
    return sorted[low] + (sorted[low + 1] - sorted[low]) * (place - low);
  }

  /** How many values are smaller. */
  private int smaller(double value) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
