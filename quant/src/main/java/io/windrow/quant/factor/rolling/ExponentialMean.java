package io.windrow.quant.factor.rolling;

/** Exponentially weighted means of all days so far; NaN and infinite values are missing. */
public final class ExponentialMean {

  private ExponentialMean() {}

  /**
   * The mean, normalised by the weights so far (pandas' {@code ewm} with {@code adjust}). A missing
   * day repeats the mean and ages the weights.
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

  /**
   * The mean whose span is the number of days so far (qlib/data/ops.py, EMA with N = 0): all
   * weights change every day, so the cost grows with the square of the length. Missing days count
   * as zeros; NaN before the first value.
   */
  public static double[] growing(double[] series) {
    double[] result = new double[series.length];
    boolean any = false;
    for (int day = 0; day < series.length; day++) {
      any |= Window.counts(series[day]);
      double decay = 1 - 2.0 / (day + 2);
      double sum = 0;
      double weights = 0;
      for (int i = 0; i <= day; i++) {
        sum = sum * decay + (Window.counts(series[i]) ? series[i] : 0);
        weights = weights * decay + 1;
      }
      result[day] = any ? sum / weights : Double.NaN;
    }
    return result;
  }
}
