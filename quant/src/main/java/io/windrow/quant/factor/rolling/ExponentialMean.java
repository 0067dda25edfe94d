package io.windrow.quant.factor.rolling;

/**
 * Exponentially weighted mean of all days so far, normalised by the weights so far (pandas' {@code
 * ewm} with {@code adjust}). A missing day repeats the mean and ages the weights.
 */
public final class ExponentialMean {

  private ExponentialMean() {}

  /**
   * Computes the mean of each day.
   *
   * @param alpha weight of today, in (0, 1]
   */
  public static double[] of(double[] series, double alpha) {
    double[] result = new double[series.length];
    double mean = Double.NaN;
    double weight = 0;
    for (int day = 0; day < series.length; day++) {
      weight *= 1 - alpha;
      if (Window.counts(series[day])) {
        mean = weight == 0 ? series[day] : (weight * mean + series[day]) / (weight + 1);
        weight++;
      }
      result[day] = mean;
    }
    return result;
  }
}
