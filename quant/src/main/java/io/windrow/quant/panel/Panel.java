package io.windrow.quant.panel;

import java.time.LocalDate;
import java.util.List;

/**
 * A table of float32 values with rows (datetime, instrument), sorted by both, one {@link
 * CrossSection} per day. A range of days is a view, so that the segments of all windows share one
 * panel.
 *
 * @param columns names of the columns
 * @param symbols names of the instruments, in ascending (byte-wise) order as Qlib sorts them
 * @param days the days, ascending; a day without rows is absent
 */
public record Panel(List<String> columns, List<String> symbols, List<CrossSection> days) {

  /** Number of rows over all days. */
  public long rows() {
    long rows = 0;
    for (CrossSection day : days) {
      rows += day.rows();
    }
    return rows;
  }

  /** The days from {@code first} to {@code last}, both inclusive, as a view. */
  public Panel between(LocalDate first, LocalDate last) {
    int from = lowerBound(first);
    int to = lowerBound(last.plusDays(1));
    return new Panel(columns, symbols, days.subList(from, Math.max(from, to)));
  }

  private int lowerBound(LocalDate date) {
    int low = 0;
    int high = days.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (days.get(middle).date().isBefore(date)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
