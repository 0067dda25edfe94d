package io.windrow.quant.factor.rolling;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Statistics by their definitions, each over one window. Infinities count as missing. */
final class Naive {

  private Naive() {}

  static double[] each(double[] series, int n, ToDoubleFunction<double[]> statistic) {
    double[] result = new double[series.length];
    Arrays.setAll(result, day -> statistic.applyAsDouble(window(series, day, n)));
    return result;
  }

  static double[] window(double[] series, int day, int n) {
    return Arrays.copyOfRange(series, n == 0 ? 0 : Math.max(0, day - n + 1), day + 1);
  }

  static double[] finite(double[] window) {
    return DoubleStream.of(window).filter(Double::isFinite).toArray();
  }

  static double sum(double[] window) {
    double[] values = finite(window);
    return values.length == 0 ? Double.NaN : DoubleStream.of(values).sum();
  }

  static double mean(double[] window) {
    return sum(window) / finite(window).length;
  }

  /** Sum of the powers of the distances from the mean. */
  static double moment(double[] window, int power) {
    double mean = mean(window);
    return DoubleStream.of(finite(window)).map(value -> Math.pow(value - mean, power)).sum();
  }

  static double variance(double[] window) {
    int count = finite(window).length;
    return count < 2 ? Double.NaN : moment(window, 2) / (count - 1);
  }

  static double absoluteDeviation(double[] window) {
    double mean = mean(window);
    return DoubleStream.of(finite(window)).map(value -> Math.abs(value - mean)).sum()
        / finite(window).length;
  }

  static double weightedMean(double[] window) {
    double days = window.length;
    double sum = 0;
    for (int i = 0; i < window.length; i++) {
      sum += Double.isFinite(window[i]) ? (i + 1) / (days * (days + 1) / 2) * window[i] : 0;
    }
    return finite(window).length == 0 ? Double.NaN : sum / finite(window).length;
  }

  static double max(double[] window) {
    return DoubleStream.of(finite(window)).max().orElse(Double.NaN);
  }

  static double min(double[] window) {
    return DoubleStream.of(finite(window)).min().orElse(Double.NaN);
  }

  /** Place of the first missing value, else of the first that equals the extreme. */
  static double position(double[] window, double extreme) {
    if (Double.isNaN(extreme)) {
      return Double.NaN;
    }
    for (int i = 0; i < window.length; i++) {
      if (!Double.isFinite(window[i])) {
        return i + 1;
      }
    }
    for (int i = 0; i < window.length; i++) {
      if (window[i] == extreme) {
        return i + 1;
      }
    }
    throw new AssertionError(extreme);
  }

  static double rank(double[] window) {
    double today = window[window.length - 1];
    double[] values = finite(window);
    long below = DoubleStream.of(values).filter(value -> value < today).count();
    long equal = DoubleStream.of(values).filter(value -> value == today).count();
    return Double.isFinite(today) ? (below + (equal + 1) / 2.0) / values.length : Double.NaN;
  }

  static double quantile(double[] window, double level) {
    double[] values = finite(window);
    Arrays.sort(values);
    if (values.length == 0) {
      return Double.NaN;
    }
    double place = level * (values.length - 1);
    double low = values[(int) place];
    double high = values[(int) Math.ceil(place)];
    return low + (high - low) * (place - Math.floor(place));
  }

  /** Slope of the least-squares line over the days with a value, R squared, today's residual. */
  static double[] line(double[] window) {
    double[] y = finite(window);
    double[] x = new double[y.length];
    int place = 0;
    for (int i = 0; i < window.length; i++) {
      if (Double.isFinite(window[i])) {
        x[place++] = i + 1;
      }
    }
    if (y.length < 2) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    double product = product(x, y);
    double slope = product / product(x, x);
    double fit = mean(y) + slope * (window.length - mean(x));
    return new double[] {
      slope, product * product / product(x, x) / product(y, y), window[window.length - 1] - fit
    };
  }

  static double product(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum;
  }
}
