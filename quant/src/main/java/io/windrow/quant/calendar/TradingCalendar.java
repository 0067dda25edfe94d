package io.windrow.quant.calendar;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/**
 * The trading days of a market, ascending.
 *
 * @param days the days, at least one, strictly ascending
 */
public record TradingCalendar(List<LocalDate> days) {

  public TradingCalendar {
    days = List.copyOf(days);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a calendar needs at least one day");
    }
    for (int i = 1; i < days.size(); i++) {
      if (!days.get(i - 1).isBefore(days.get(i))) {
        throw new IllegalArgumentException(
            "calendar days must ascend: " + days.get(i - 1) + " is followed by " + days.get(i));
      }
    }
  }

  public int size() {
    return days.size();
  }

  public LocalDate day(int index) {
    return days.get(index);
  }

  public LocalDate first() {
    return days.get(0);
  }

  public LocalDate last() {
    return days.get(days.size() - 1);
  }

  /** Index of the first day at or after {@code date}; {@link #size()} if there is none. */
  public int ceiling(LocalDate date) {
    int index = Collections.binarySearch(days, date);
    return index >= 0 ? index : -index - 1;
  }

  /** Index of the last day at or before {@code date}; -1 if there is none. */
  public int floor(LocalDate date) {
    int index = Collections.binarySearch(days, date);
    return index >= 0 ? index : -index - 2;
  }
}
