package io.windrow.quant.definition;

import io.windrow.quant.calendar.TradingCalendar;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days from {@code first} to {@code last}, both inclusive; null is an open end.
 *
 * @param first first day, null for the earliest there is
 * @param last last day, null for the latest there is
 */
public record DateRange(@Nullable LocalDate first, @Nullable LocalDate last) {

  /** Everything. */
  public static final DateRange ALL = new DateRange(null, null);

  /** Nothing. */
  public static final DateRange NONE = new DateRange(LocalDate.MAX, LocalDate.MIN);

  /** The days in both ranges; may be empty, which {@link #isEmpty()} tells. */
  public DateRange intersect(DateRange other) {
    LocalDate from =
        first == null || (other.first != null && other.first.isAfter(first)) ? other.first : first;
    LocalDate to =
        last == null || (other.last != null && other.last.isBefore(last)) ? other.last : last;
    return new DateRange(from, to);
  }

  /** The shortest range that both lie in. */
  public DateRange span(DateRange other) {
    LocalDate from = first == null || other.first == null ? null : first;
    LocalDate to = last == null || other.last == null ? null : last;
    if (from != null && other.first != null && other.first.isBefore(from)) {
      from = other.first;
    }
    if (to != null && other.last != null && other.last.isAfter(to)) {
      to = other.last;
    }
    return new DateRange(from, to);
  }

  public boolean contains(LocalDate day) {
    return (first == null || !day.isBefore(first)) && (last == null || !day.isAfter(last));
  }

  /** Whether no day can lie in it. */
  public boolean isEmpty() {
    return first != null && last != null && last.isBefore(first);
  }

  /** Whether a trading day of the calendar lies in it. */
  public boolean holdsOneOf(TradingCalendar calendar) {
    int from = first == null ? 0 : calendar.ceiling(first);
    int to = last == null ? calendar.size() - 1 : calendar.floor(last);
    return from <= to;
  }

  @Override
  public String toString() {
    return (first == null ? "open" : first) + ".." + (last == null ? "open" : last);
  }
}
