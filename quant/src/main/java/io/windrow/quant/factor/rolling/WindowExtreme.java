package io.windrow.quant.factor.rolling;

/** Maximum or minimum of a sliding window and its place, by a monotone queue of candidates. */
public final class WindowExtreme {

  private final double[] value;
  private final double[] position;

  private WindowExtreme(int days) {
    value = new double[days];
    position = new double[days];
  }

  /**
   * Slides a window along.
   *
   * @param n length of the window in days, 0 for all days so far
   */
  public static WindowExtreme max(double[] series, int n) {
    return of(series, n, 1);
  }

  /**
   * Slides a window along.
   *
   * @param n length of the window in days, 0 for all days so far
   */
  public static WindowExtreme min(double[] series, int n) {
    return of(series, n, -1);
  }

  private static WindowExtreme of(double[] series, int n, int sign) {
    WindowExtreme windows = new WindowExtreme(series.length);
    int length = Window.length(n, series.length);
    int[] candidates = new int[series.length];
    int head = 0;
    int tail = 0;
    int gap = nextGap(series, 0);
    for (int day = 0; day < series.length; day++) {
      int first = Math.max(0, day - length + 1);
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
      windows.value[day] = empty ? Double.NaN : series[candidates[head]];
      windows.position[day] =
          empty ? Double.NaN : (gap <= day ? gap : candidates[head]) - first + 1;
    }
    return windows;
  }

  private static int nextGap(double[] series, int from) {
    int day = from;
    while (day < series.length && Window.counts(series[day])) {
      day++;
    }
    return day;
  }

  /** The extreme value; NaN and infinite values are skipped, NaN if the window holds no other. */
  public double value(int day) {
    return value[day];
  }

  /**
   * Place of the extreme, counted from 1 at the oldest day of the window; the first of equals. A
   * missing value in the window wins, as it does for numpy: then the place of the first of them.
   */
  public double position(int day) {
    return position[day];
  }
}
