package io.windrow.quant.factor.expression;

import java.util.Arrays;

/**
 * Values of an expression on consecutive calendar days.
 *
 * @param start calendar index of the first value
 * @param values one value per calendar day; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // kernels work on the array itself
public record Column(int start, double[] values) {

  /** No days at all. */
  public static final Column EMPTY = new Column(0, new double[0]);

  /** Calendar index after the last value. */
  public int end() {
    return start + values.length;
  }

  boolean isEmpty() {
    return values.length == 0;
  }

  /** The values on the days, NaN where there is none; not to be written to. */
  double[] over(Days days) {
    if (start == days.first() && end() == days.end()) {
      return values;
    }
    double[] result = new double[days.count()];
    Arrays.fill(result, Double.NaN);
    int first = Math.max(start, days.first());
    int count = Math.min(end(), days.end()) - first;
    if (count > 0) {
      System.arraycopy(values, first - start, result, first - days.first(), count);
    }
    return result;
  }

  /** Value on a day; NaN outside. */
  public double at(int day) {
    int i = day - start;
    return i >= 0 && i < values.length ? values[i] : Double.NaN;
  }

  /**
   * Copies the values in single precision, NaN where there is none.
   *
   * @param first calendar index of the day that comes first in {@code target}
   */
  public void copyTo(float[] target, int first) {
    int from = Math.min(Math.max(start - first, 0), target.length);
    int to = Math.max(Math.min(end() - first, target.length), from);
    Arrays.fill(target, 0, from, Float.NaN);
    for (int i = from; i < to; i++) {
      target[i] = (float) values[i + first - start];
    }
    Arrays.fill(target, to, target.length, Float.NaN);
  }
}
