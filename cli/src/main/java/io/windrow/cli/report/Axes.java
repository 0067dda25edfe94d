package io.windrow.cli.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Rules and ticks that the pictures share. */
final class Axes {
  private Axes() {}

  /** A rule and a label for each tick of a vertical axis. */
  static void horizontalRules(Svg svg, Scale y, int ticks, double left, double right) {
    for (double tick : y.ticks(ticks)) {
      svg.line("rule", left, y.at(tick), right, y.at(tick));
      svg.words("tick end", left - 8, y.at(tick) + 4, y.label(tick, ticks));
    }
  }

  /**
   * A rule and a label for the first of each January within a horizontal axis of epoch days, or of
   * each few months if there are less than three of those.
   */
  static void dates(Svg svg, Scale x, double top, double bottom) {
    LocalDate first = LocalDate.ofEpochDay((long) x.low());
    LocalDate last = LocalDate.ofEpochDay((long) x.high());
    int years = last.getYear() - first.getYear();
    long months = ChronoUnit.MONTHS.between(first, last);
    int step = years >= 3 ? Math.max(1, years / 14) * 12 : Math.max(1, (int) months / 8);
    LocalDate tick = first.withDayOfYear(1);
    while (!tick.isAfter(last)) {
      if (!tick.isBefore(first)) {
        double at = x.at(tick);
        svg.line("rule", at, top, at, bottom);
        String label = tick.toString().substring(0, step % 12 == 0 ? 4 : 7);
        svg.words("tick middle", at, bottom + 18, label);
      }
      tick = tick.plusMonths(step);
    }
  }
}
