package io.windrow.cli.report;

import java.time.LocalDate;

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

  /** A rule and the year for each first of January within a horizontal axis of epoch days. */
  static void years(Svg svg, Scale x, double top, double bottom) {
    int first = LocalDate.ofEpochDay((long) x.low()).getYear() + 1;
    int last = LocalDate.ofEpochDay((long) x.high()).getYear();
    int every = Math.max(1, (last - first) / 14);
    for (int year = first; year <= last; year += every) {
      double at = x.at(LocalDate.of(year, 1, 1));
      svg.line("rule", at, top, at, bottom);
      svg.words("tick middle", at, bottom + 18, String.valueOf(year));
    }
  }
}
