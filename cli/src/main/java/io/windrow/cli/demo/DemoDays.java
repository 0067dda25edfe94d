package io.windrow.cli.demo;

import io.windrow.cli.terminal.UserError;
import io.windrow.quant.calendar.TradingCalendar;
import java.util.List;

/**
 * Segments that suit a calendar: of its last eight years (or of what there is) three eighths to
 * train on, one to stop early on, four to predict.
 *
 * @param train first and last day
 * @param valid first and last day
 * @param test first and last day
 * @param step trading days of a window
 */
record DemoDays(List<String> train, List<String> valid, List<String> test, int step) {
  private static final int WARM_UP = 61;
  private static final int LONGEST = 2016;
  private static final int SHORTEST = 160;
  private static final int USUAL_STEP = 60;
  private static final int FEWEST_WINDOWS = 12;

  static DemoDays of(TradingCalendar calendar) {
    int use = Math.min(calendar.size() - WARM_UP, LONGEST);
    if (use < SHORTEST) {
      throw new UserError(
          "the data has only %d trading days; the demo needs at least %d"
              .formatted(calendar.size(), SHORTEST + WARM_UP));
    }
    int first = calendar.size() - use;
    int valid = first + use * 3 / 8;
    int test = valid + use / 8;
    int step = Math.max(1, Math.min(USUAL_STEP, (calendar.size() - test) / FEWEST_WINDOWS));
    return new DemoDays(
        days(calendar, first, valid - 1),
        days(calendar, valid, test - 1),
        days(calendar, test, calendar.size() - 1),
        step);
  }

  private static List<String> days(TradingCalendar calendar, int first, int last) {
    return List.of(calendar.day(first).toString(), calendar.day(last).toString());
  }
}
