package io.windrow.quant.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Qlib's {@code risk_analysis} of a series of returns. NaN where there are too few of them.
 *
 * @param mean of a period
 * @param std standard deviation of a period, ddof 1
 * @param annualizedReturn mean over a year
 * @param informationRatio mean by standard deviation, over a year
 * @param maxDrawdown largest fall from a peak, not positive. The start is no peak: an opening loss
 *     does not count, as in Qlib
 */
public record RiskAnalysis(
    double mean, double std, double annualizedReturn, double informationRatio, double maxDrawdown) {

  /** Trading days of a year by which Qlib annualises. */
  public static final double DAYS = 238;

  /**
   * Returns add up, Qlib's default.
   *
   * @param returns of each period; NaN is left out
   * @param periods in a year
   */
  public static RiskAnalysis ofSums(double[] returns, double periods) {
    double[] valid = valid(returns);
    double mean = Moments.mean(valid);
    double sum = 0;
    double peak = Double.NEGATIVE_INFINITY;
    double drawdown = valid.length == 0 ? Double.NaN : 0;
    for (double value : valid) {
      sum += value;
      peak = Math.max(peak, sum);
      drawdown = Math.min(drawdown, sum - peak);
    }
    return of(mean, Moments.std(valid), mean * periods, periods, drawdown);
  }

  /**
   * Returns compound: mean is geometric, std that of log(1 + return), the drawdown a fraction of
   * the peak.
   *
   * @param returns of each period; NaN is left out
   * @param periods in a year
   */
  public static RiskAnalysis ofProducts(double[] returns, double periods) {
    double[] valid = valid(returns);
    double product = 1;
    double peak = 0;
    double drawdown = valid.length == 0 ? Double.NaN : 0;
    for (double value : valid) {
      product *= 1 + value;
      peak = Math.max(peak, product);
      drawdown = Math.min(drawdown, product / peak - 1);
    }
    double mean = Math.pow(product, 1.0 / valid.length) - 1;
    double annual = Math.pow(product, periods / valid.length) - 1;
    return of(
        mean,
        Moments.std(Arrays.stream(valid).map(Math::log1p).toArray()),
        annual,
        periods,
        drawdown);
  }

  private static RiskAnalysis of(
      double mean, double std, double annual, double periods, double drawdown) {
    return new RiskAnalysis(mean, std, annual, mean / std * Math.sqrt(periods), drawdown);
  }

  /** The figures by Qlib's names, in Qlib's order. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("mean", mean);
    figures.put("std", std);
    figures.put("annualized_return", annualizedReturn);
    figures.put("information_ratio", informationRatio);
    figures.put("max_drawdown", maxDrawdown);
    return figures;
  }

  private static double[] valid(double[] returns) {
    return Arrays.stream(returns).filter(value -> !Double.isNaN(value)).toArray();
  }
}
