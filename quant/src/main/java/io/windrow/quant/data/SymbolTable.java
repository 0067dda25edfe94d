package io.windrow.quant.data;

import io.windrow.quant.calendar.BarCalendar;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;

/**
 * The rows of one symbol.
 *
 * @param fields names of the columns
 * @param rows by time
 */
record SymbolTable(List<String> fields, NavigableMap<LocalDateTime, Row> rows) {

  /**
   * One row.
   *
   * @param line in the file
   * @param values one per column
   */
  @SuppressWarnings("ArrayRecordComponent") // read in bulk
  record Row(long line, float[] values) {}

  LocalDateTime first() {
    return rows.firstKey();
  }

  LocalDateTime last() {
    return rows.lastKey();
  }

  TimeSpan span() {
    return new TimeSpan(first(), last());
  }

  /** The rows later than a time. */
  SymbolTable after(LocalDateTime time) {
    return new SymbolTable(fields, rows.tailMap(time, false));
  }

  /** One column on the bars from the first row to the last; bars without a row are NaN. */
  Series series(int column, BarCalendar calendar) {
    return appendedTo(Series.EMPTY, column, calendar);
  }

  /** A series with one column written over it; bars that neither has are NaN. */
  Series appendedTo(Series old, int column, BarCalendar calendar) {
    int first = calendar.ceiling(first());
    int start = old.isEmpty() ? first : Math.min(old.start(), first);
    float[] values = new float[Math.max(old.end(), calendar.ceiling(last()) + 1) - start];
    Arrays.fill(values, Float.NaN);
    System.arraycopy(
        old.values(), 0, values, old.isEmpty() ? 0 : old.start() - start, old.values().length);
    rows.forEach((time, row) -> values[calendar.ceiling(time) - start] = row.values()[column]);
    return new Series(start, values);
  }
}
