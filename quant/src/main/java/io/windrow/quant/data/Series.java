package io.windrow.quant.data;

import java.util.Objects;

/**
 * One field of one instrument in memory: float32 values on consecutive calendar days, NaN where a
 * day has none. The array is shared, not copied: do not write to it.
 *
 * @param start calendar index of the first value
 * @param values one value per calendar day; empty if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // read in bulk by kernels; identity is enough
public record Series(int start, float[] values) implements StoredSeries {

  /** No values at all: what a missing field file holds. */
  public static final Series EMPTY = new Series(0, new float[0]);

  public Series {
    if (start < 0) {
      throw new IllegalArgumentException("a series cannot start at calendar index " + start);
    }
  }

  @Override
  public int end() {
    return start + values.length;
  }

  /** Value on a day of the calendar; NaN outside. */
  public float at(int day) {
    int i = day - start;
    return i >= 0 && i < values.length ? values[i] : Float.NaN;
  }

  @Override
  public double[] doubles(int first, int end) {
    Objects.checkFromToIndex(first - start, end - start, values.length);
    double[] doubles = new double[end - first];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values[first - start + i];
    }
    return doubles;
  }

  @Override
  public Series load() {
    return this;
  }
}
