package io.windrow.quant.factor.rolling;

/**
 * A sliding window over a series.
 *
 * @param days its length, today included; 0 for all days so far
 * @param start calendar index of the first value of the series. Sums are cut at the same days of
 *     the calendar wherever a series begins, so that equal windows give equal bits.
 */
public record Window(int days, int start) {

  /**
   * Qlib calls a standard deviation zero up to here (qlib/data/ops.py, Rsquare and Corr). It does
   * not in an expanding window.
   */
  private static final double ZERO_DEVIATION = 2e-5;

  public Window {
    if (days < 0 || start < 0) {
      throw new IllegalArgumentException(
          "a window cannot be " + days + " days long, nor a series start on day " + start);
    }
  }

  /** Index of the first day of the window that ends on a day. */
  int first(int day) {
    return days == 0 ? 0 : Math.max(0, day - days + 1);
  }

  /** Most days that the window holds of a series. */
  int longest(int seriesDays) {
    return days == 0 ? seriesDays : Math.min(days, seriesDays);
  }

  /** Up to which standard deviation a series counts as constant; negative for none. */
  double zeroDeviation() {
    return days == 0 ? -1 : ZERO_DEVIATION;
  }

  /** Whether pandas counts a value; to it, infinities are missing too. */
  static boolean counts(double value) {
    return Math.abs(value) <= Double.MAX_VALUE;
  }
}
