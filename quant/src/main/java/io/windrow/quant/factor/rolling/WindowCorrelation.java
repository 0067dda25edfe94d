package io.windrow.quant.factor.rolling;

import org.jspecify.annotations.Nullable;

/**
 * Pearson's correlation of two series in a sliding window, over the days on which both have a
 * finite value. NaN where either series hardly moves in the window, judged on all its own values
 * (qlib/data/ops.py, Corr).
 */
public final class WindowCorrelation {

  private final WindowCoMoments pairs;
  private final @Nullable WindowMoments ownX;
  private final @Nullable WindowMoments ownY;
  private final double zeroDeviation;

  private WindowCorrelation(double[] x, double[] y, int n) {
    pairs = WindowCoMoments.of(x, y, n);
    zeroDeviation = n == 0 ? -1 : Window.ZERO_DEVIATION;
    boolean aligned = aligned(x, y);
    ownX = aligned ? null : WindowMoments.of(x, n);
    ownY = aligned ? null : WindowMoments.of(y, n);
  }

  /**
   * Slides a window along.
   *
   * @param n length of the window in days, 0 for all days so far
   */
  public static WindowCorrelation of(double[] x, double[] y, int n) {
    return new WindowCorrelation(x, y, n);
  }

  /** Correlation in the window of that day. */
  public double correlation(int day) {
    double deviationX = ownX == null ? pairs.deviationX(day) : ownX.deviation(day);
    double deviationY = ownY == null ? pairs.deviationY(day) : ownY.deviation(day);
    return deviationX <= zeroDeviation || deviationY <= zeroDeviation
        ? Double.NaN
        : pairs.correlation(day);
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
