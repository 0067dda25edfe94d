package io.windrow.cli.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** The synthetic market's calendar: weekdays without a few holidays. */
final class MarketDays {
  private static final List<MonthDay> HOLIDAYS =
      List.of(MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(7, 4), MonthDay.of(12, 25));

  private MarketDays() {}

  static List<LocalDate> between(LocalDate first, LocalDate last) {
    return first.datesUntil(last.plusDays(1)).filter(MarketDays::open).toList();
  }

  private static boolean open(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !HOLIDAYS.contains(MonthDay.from(day))
        && !day.equals(harvest(day.getYear()));
  }

  /** The fourth Thursday of November. */
  private static LocalDate harvest(int year) {
    return LocalDate.of(year, 11, 1)
        .with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY));
  }
}
