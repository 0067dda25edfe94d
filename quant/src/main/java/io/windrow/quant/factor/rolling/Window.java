package io.windrow.quant.factor.rolling;

/** What all windows have in common. */
final class Window {

  /**
   * Qlib calls a standard deviation zero up to here (qlib/data/ops.py, Rsquare and Corr). It does
   * not in an expanding window.
   */
  static final double ZERO_DEVIATION = 2e-5;

  private Window() {}

  /** Length in days of window {@code n} over a series: 0 means all days so far. */
  static int length(int n, int days) {
    if (n < 0) {
      throw new IllegalArgumentException("a window cannot be " + n + " days long");
    }
    return n == 0 ? Math.max(days, 1) : n;
  }

  /** Whether pandas counts a value; to it, infinities are missing too. */
  static boolean counts(double value) {
    return Math.abs(value) <= Double.MAX_VALUE;
  }
}
