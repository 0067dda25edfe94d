package io.windrow.quant.data;

/**
 * One field of one instrument: float32 values on consecutive calendar days, NaN where a day has
 * none. The array is shared, not copied: do not write to it.
 *
 * @param start calendar index of the first value
 * @param values one value per calendar day; empty if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // read in bulk by kernels; identity is enough
public record Series(int start, float[] values) {

  /** No values at all: what a missing field file holds. */
  public static final Series EMPTY = new Series(0, new float[0]);

  public Series {
    if (start < 0) {
      throw new IllegalArgumentException("a series cannot start at calendar index " + start);
    }
  }

  /** Calendar index after the last value; equals {@link #start()} if empty. */
  public int end() {
    return start + values.length;
  }

  /** Value on a day of the calendar; NaN outside. */
  public float at(int day) {
    int i = day - start;
    return i >= 0 && i < values.length ? values[i] : Float.NaN;
  }

  public boolean isEmpty() {
    return values.length == 0;
  }
}
