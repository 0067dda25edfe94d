package io.windrow.quant.factor.rolling;

/**
 * The least-squares line of a series over time in a sliding window (qlib/data/_libs/rolling.pyx:
 * slope, R squared and today's residual). NaN days are skipped. Qlib keeps running sums, which an
 * infinite value spoils for good: from it on every result is NaN.
 */
public final class WindowRegression {

  private final double[] series;
  private final double[] time;
  private final WindowCoMoments moments;
  private final Window window;
  private final int spoiledFrom;

  private WindowRegression(double[] series, Window window) {
    this.series = series;
    this.window = window;
    time = new double[series.length];
    for (int day = 0; day < time.length; day++) {
      time[day] = window.start() + day;
    }
    moments = WindowCoMoments.of(time, series, window);
    int day = 0;
    while (day < series.length && !Double.isInfinite(series[day])) {
      day++;
    }
    spoiledFrom = day;
  }

  public static WindowRegression of(double[] series, Window window) {
    return new WindowRegression(series, window);
  }

  /** Change a day; NaN below two values. */
  public double[] slope() {
    double[] result = new double[series.length];
    for (int day = 0; day < result.length; day++) {
      result[day] = day < spoiledFrom ? moments.slope(day) : Double.NaN;
    }
    return result;
  }

  /** Share of the variance that the line explains; NaN where the series hardly moves. */
  public double[] rsquare() {
    double zero = window.zeroDeviation();
    double[] result = new double[series.length];
    for (int day = 0; day < result.length; day++) {
      boolean none = day >= spoiledFrom || moments.deviationY(day) <= zero;
      double correlation = none ? Double.NaN : moments.correlation(day);
      result[day] = correlation * correlation;
    }
    return result;
  }

  /** Today's value less that of the line; NaN where there is none today. */
  public double[] residual() {
    double[] result = new double[series.length];
    for (int day = 0; day < result.length; day++) {
      double line = moments.meanY(day) + moments.slope(day) * (time[day] - moments.meanX(day));
      result[day] = day < spoiledFrom ? series[day] - line : Double.NaN;
    }
    return result;
  }

  /**
   * Mean of the values, each multiplied with its weight, which grows linearly from the oldest day
   * to today and sums to 1 over the days of the window. As in Qlib (WMA) a mean, not a sum; NaN and
   * infinite values are skipped.
   */
  public double[] weightedMean() {
    double[] result = new double[series.length];
    for (int day = 0; day < result.length; day++) {
      int first = window.first(day);
      double days = day - first + 1;
      double count = moments.count(day);
      // The sum of the products with the weights 1, 2, ..., out of those about the means.
      double middle = moments.meanX(day) - time[first] + 1;
      double sum = moments.product(day) + count * middle * moments.meanY(day);
      result[day] = sum / (days * (days + 1) / 2) / count;
    }
    return result;
  }
}
