package io.windrow.quant.factor.expression;

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

  /** The values on the days {@code first} to {@code end - 1}, NaN outside; not to be written to. */
  double[] between(int first, int end) {
    if (start == first && end() == end) {
      return values;
    }
    double[] result = new double[end - first];
    for (int i = 0; i < result.length; i++) {
      result[i] = at(first + i);
    }
    return result;
  }

  /** Value on a day; NaN outside. */
  public double at(int day) {
    int i = day - start;
    return i >= 0 && i < values.length ? values[i] : Double.NaN;
  }
}
