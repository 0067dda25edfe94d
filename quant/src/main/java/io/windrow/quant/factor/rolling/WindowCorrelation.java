package io.windrow.quant.factor.rolling;

/**
 * Pearson's correlation of two series in a sliding window, over the days on which both have a
 * finite value. NaN where either series hardly moves in the window, judged on all its own values
 * (qlib/data/ops.py, Corr).
 */
public final class WindowCorrelation {

  private WindowCorrelation() {}

  /** Correlation of each day's window. */
  public static double[] of(double[] x, double[] y, Window window) {
    WindowCoMoments pairs = WindowCoMoments.of(x, y, window);
    double zero = window.zeroDeviation();
    double[] result = new double[x.length];
    if (aligned(x, y)) {
      for (int day = 0; day < result.length; day++) {
        boolean still = pairs.deviationX(day) <= zero || pairs.deviationY(day) <= zero;
        result[day] = still ? Double.NaN : pairs.correlation(day);
      }
      return result;
    }
    double[] deviationX = WindowMoments.of(x, window).deviation();
    double[] deviationY = WindowMoments.of(y, window).deviation();
    for (int day = 0; day < result.length; day++) {
      boolean still = deviationX[day] <= zero || deviationY[day] <= zero;
      result[day] = still ? Double.NaN : pairs.correlation(day);
    }
    return result;
  }

  /** Whether both lack the same days, so that the moments of pairs are those of each series. */
  private static boolean aligned(double[] x, double[] y) {
    for (int day = 0; day < x.length; day++) {
      if (Window.counts(x[day]) != Window.counts(y[day])) {
        return false;
      }
    }
    return true;
  }
}
