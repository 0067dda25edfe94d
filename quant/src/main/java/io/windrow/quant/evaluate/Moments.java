package io.windrow.quant.evaluate;

import java.util.Arrays;

/** Mean and standard deviation as pandas has them; the values hold no NaN. */
public final class Moments {

  private Moments() {}

  /** NaN without values. */
  public static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** With ddof 1; NaN with fewer than two values. */
  public static double std(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
  }
}
