package io.windrow.quant.factor.rolling;

/** Maximum or minimum of a sliding window and its place, by a monotone queue of candidates. */
public final class WindowExtreme {

  private final double[] value;
  private final double[] position;

  private WindowExtreme(int days) {
    value = new double[days];
    position = new double[days];
  }

  public static WindowExtreme max(double[] series, Window window) {
    return of(series, window, 1);
  }

  public static WindowExtreme min(double[] series, Window window) {
    return of(series, window, -1);
  }

  private static WindowExtreme of(double[] series, Window window, int sign) {
    WindowExtreme extremes = new WindowExtreme(series.length);
    int[] candidates = new int[series.length];
    int head = 0;
    int tail = 0;
    int gap = nextGap(series, 0);
    for (int day = 0; day < series.length; day++) {
      int first = window.first(day);
      if (Window.counts(series[day])) {
        while (tail > head && sign * series[candidates[tail - 1]] < sign * series[day]) {
          tail--;
        }
        candidates[tail++] = day;
      }
      if (head < tail && candidates[head] < first) {
        head++;
      }
      if (gap < first) {
        gap = nextGap(series, first);
      }
      boolean empty = head == tail;
      extremes.value[day] = empty ? Double.NaN : series[candidates[head]];
      extremes.position[day] =
          empty ? Double.NaN : (gap <= day ? gap : candidates[head]) - first + 1;
    }
    return extremes;
  }

  private static int nextGap(double[] series, int from) {
    int day = from;
    while (day < series.length && Window.counts(series[day])) {
      day++;
    }
    return day;
  }

  /** The extreme values; NaN and infinite values are skipped, NaN where there is no other. */
  public double[] value() {
    return value;
  }

  /**
   * Place of each extreme, counted from 1 at the oldest day of the window; the first of equals. A
   * missing value in the window wins, as it does for numpy: then the place of the first of them.
   */
  public double[] position() {
    return position;
  }
}
