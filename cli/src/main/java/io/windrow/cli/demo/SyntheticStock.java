package io.windrow.cli.demo;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * One stock's random bars. A day's own return leans a little against the stock's return over the
 * five days that ended two days before: this is the planted signal, and Alpha158's ROC5 at the time
 * of prediction measures exactly it.
 *
 * <p>All arithmetic is {@link StrictMath}'s and all random numbers are {@link Random}'s, whose
 * algorithm is specified: the same seed gives the same bars on every machine.
 */
final class SyntheticStock {
  /** Correlation of the planted part with a day's own return. */
  static final double SIGNAL = 0.06;

  private static final int REVERSAL_DAYS = 5;

  /** Between the last day the signal looks at and the return it foretells: Alpha158's label. */
  private static final int DELAY = 2;

  private static final double SUSPENDED = 0.002;

  private final String symbol;
  private final int listed;
  private final Map<String, float[]> fields = new LinkedHashMap<>();

  /**
   * Draws the bars.
   *
   * @param symbol its name
   * @param seed of its own random numbers
   * @param market the market's log returns, one for each day of the calendar
   * @param listed index of its first day
   */
  SyntheticStock(String symbol, long seed, double[] market, int listed) {
    this.symbol = symbol;
    this.listed = listed;
    int days = market.length;
    for (String field : new String[] {"open", "high", "low", "close", "volume", "vwap", "factor"}) {
      float[] values = new float[days - listed];
      Arrays.fill(values, Float.NaN);
      fields.put(field, values);
    }
    Random random = new Random(seed);
    double beta = 0.6 + 0.8 * random.nextDouble();
    double volatility = 0.010 + 0.014 * random.nextDouble();
    double usualVolume = StrictMath.exp(12 + 2 * random.nextDouble());
    double close = 20 + 180 * random.nextDouble();
    double busy = 0;
    double[] own = new double[days];
    for (int t = 0; t < days; t++) {
      double shock = random.nextGaussian();
      own[t] = volatility * (SIGNAL * reversal(own, t, volatility) + shock);
      double before = close;
      close = before * StrictMath.exp(beta * market[t] + own[t]);
      double open = before * StrictMath.exp(0.4 * volatility * random.nextGaussian());
      double up = StrictMath.exp(0.5 * volatility * StrictMath.abs(random.nextGaussian()));
      double down = StrictMath.exp(-0.5 * volatility * StrictMath.abs(random.nextGaussian()));
      double high = StrictMath.max(open, close) * up;
      double low = StrictMath.min(open, close) * down;
      busy = 0.7 * busy + 0.3 * random.nextGaussian() + 0.15 * (StrictMath.abs(shock) - 0.8);
      double weight = random.nextDouble();
      double vwap = 0.25 * (high + low) + 0.5 * (weight * open + (1 - weight) * close);
      boolean suspended = random.nextDouble() < SUSPENDED;
      if (t >= listed && !suspended) {
        put(t, open, high, low, close, StrictMath.rint(usualVolume * StrictMath.exp(busy)), vwap);
      }
    }
  }

  String symbol() {
    return symbol;
  }

  /** Index of its first day in the calendar. */
  int listed() {
    return listed;
  }

  /** Close of a day of the calendar; NaN where there is none. */
  double close(int day) {
    float[] closes = Objects.requireNonNull(fields.get("close"));
    return day < listed || day >= listed + closes.length ? Double.NaN : closes[day - listed];
  }

  /** Name of a field to its values, one for each day since it is listed; NaN where suspended. */
  Map<String, float[]> fields() {
    return fields;
  }

  /** Minus the own return over the days before the delay, in standard deviations. */
  private static double reversal(double[] own, int t, double volatility) {
    if (t < DELAY + REVERSAL_DAYS) {
      return 0;
    }
    double sum = 0;
    for (int k = 0; k < REVERSAL_DAYS; k++) {
      sum += own[t - DELAY - k];
    }
    return -sum / (volatility * StrictMath.sqrt(REVERSAL_DAYS));
  }

  private void put(
      int t, double open, double high, double low, double close, double volume, double vwap) {
    double[] values = {open, high, low, close, volume, vwap, 1};
    int i = 0;
    for (float[] field : fields.values()) {
      field[t - listed] = (float) values[i++];
    }
  }
}
