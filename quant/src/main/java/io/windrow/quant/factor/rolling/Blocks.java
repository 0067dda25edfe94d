package io.windrow.quant.factor.rolling;

/**
 * Slides a window by merging, never subtracting. The calendar is cut into blocks as long as the
 * window, so that each window is the end of one block and the beginning of the next: the ends are
 * collected backwards and kept with the day that they belong to, the beginnings forwards.
 */
abstract class Blocks {

  /** Forgets what was added. */
  abstract void clear();

  /** Adds a day to what was added since {@link #clear}. */
  abstract void add(int day);

  /** Keeps what was added as the older part of a day's window. */
  abstract void keep(int day);

  /** Completes a day's window: what was kept for it and what was added. */
  abstract void merge(int day);

  final void slide(int days, Window window) {
    int length = window.days();
    int end = length == 0 ? days : length - window.start() % length;
    int next = end;
    for (; end < days; end += length) {
      blockEnd(end, days, length);
    }
    clear();
    for (int day = 0; day < days; day++) {
      if (day == next) {
        clear();
        next += length;
      }
      add(day);
      merge(day);
    }
  }

  /**
   * @param end the day after the block
   */
  private void blockEnd(int end, int days, int length) {
    clear();
    int first = Math.max(0, end - length + 1);
    for (int i = end - 1; i >= first; i--) {
      add(i);
      if (i + length - 1 < days) {
        keep(i + length - 1);
      }
    }
    // Windows that begin before the series.
    for (int day = end; day < Math.min(days, length - 1); day++) {
      keep(day);
    }
  }
}
