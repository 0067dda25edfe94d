package io.windrow.quant.data;

import io.windrow.quant.calendar.TradingCalendar;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;

/**
 * The rows of one symbol.
 *
 * @param fields names of the columns
 * @param rows by date one value per column
 */
record SymbolTable(List<String> fields, NavigableMap<LocalDate, float[]> rows) {

  /** One column on the days from the first row to the last; days without a row are NaN. */
  Series series(int column, TradingCalendar calendar) {
    int start = calendar.ceiling(rows.firstKey());
    float[] values = new float[calendar.ceiling(rows.lastKey()) - start + 1];
    Arrays.fill(values, Float.NaN);
    rows.forEach((date, row) -> values[calendar.ceiling(date) - start] = row[column]);
    return new Series(start, values);
  }
}
