package io.windrow.quant.factor.rolling;

/**
 * The least-squares line of a series over time in a sliding window (qlib/data/_libs/rolling.pyx:
 * slope, R squared and today's residual). NaN days are skipped. Qlib keeps running sums, which an
 * infinite value spoils for good: from it on every result is NaN.
 */
public final class WindowRegression {

  private final double[] series;
  private final WindowCoMoments moments;
  private final double zeroDeviation;
  private final int spoiledFrom;

  private WindowRegression(double[] series, WindowCoMoments moments, double zeroDeviation) {
    this.series = series;
    this.moments = moments;
    this.zeroDeviation = zeroDeviation;
    int day = 0;
    while (day < series.length && !Double.isInfinite(series[day])) {
      day++;
    }
    spoiledFrom = day;
  }

  /**
   * Slides a window along.
   *
   * @param n length of the window in days, 0 for all days so far
   */
  public static WindowRegression of(double[] series, int n) {
    double[] time = new double[series.length];
    for (int day = 0; day < time.length; day++) {
      time[day] = day;
    }
    double zeroDeviation = n == 0 ? -1 : Window.ZERO_DEVIATION;
    return new WindowRegression(series, WindowCoMoments.of(time, series, n), zeroDeviation);
  }

  /** Change a day; NaN below two values. */
  public double slope(int day) {
    return day < spoiledFrom ? moments.slope(day) : Double.NaN;
  }

  /** Share of the variance that the line explains; NaN if the series hardly moves. */
  public double rsquare(int day) {
    if (day >= spoiledFrom || moments.deviationY(day) <= zeroDeviation) {
      return Double.NaN;
    }
    double correlation = moments.correlation(day);
    return correlation * correlation;
  }

  /** Today's value less that of the line; NaN if there is none today. */
  public double residual(int day) {
    return day < spoiledFrom ? series[day] - moments.fit(day, day) : Double.NaN;
  }

  /** Mean of the values, as {@link WindowMoments#mean}. */
  public double mean(int day) {
    return moments.meanY(day);
  }

  /** Standard deviation of the values, as {@link WindowMoments#deviation}. */
  public double deviation(int day) {
    return moments.deviationY(day);
  }
}
