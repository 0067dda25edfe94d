package io.windrow.quant.data;

/**
 * One field of one instrument as it was found when it was opened: float32 values on consecutive
 * bars of the calendar, NaN where a bar has none. A long file stays on disk until a part of it is
 * asked for.
 */
public sealed interface StoredSeries permits Series, MappedSeries {

  /** Calendar index of the first value. */
  int start();

  /** Calendar index after the last value; equals {@link #start()} if empty. */
  int end();

  default boolean isEmpty() {
    return start() == end();
  }

  /**
   * A copy of the values from one calendar index to another.
   *
   * @param first not before {@link #start()}
   * @param end index after the last value wanted, not after {@link #end()}
   * @throws DataException if the file became another one since it was opened, or unreadable
   */
  double[] doubles(int first, int end);

  /**
   * All values, in memory.
   *
   * @throws DataException if the file became another one since it was opened, or unreadable
   */
  Series load();
}
