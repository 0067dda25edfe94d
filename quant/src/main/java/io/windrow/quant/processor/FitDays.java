package io.windrow.quant.processor;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which days fitted processors of a list learn from. Qlib's Alpha158 and Alpha360 hand their own
 * fit days to the processors for inference and learning; everywhere else a processor has to name
 * its own.
 *
 * @param ofHandler the handler's fit days, maybe open; null if it hands out none
 */
public record FitDays(@Nullable DateRange ofHandler) {

  /** Every processor names its own. */
  public static final FitDays OWN = new FitDays(null);

  private static final String FIRST = "fit_start_time";
  private static final String LAST = "fit_end_time";

  DateRange read(Section kwargs) {
    DateRange own = new DateRange(kwargs.date(FIRST).orElse(null), kwargs.date(LAST).orElse(null));
    if (ofHandler == null) {
      // Both must be named, but null leaves an end open.
      require(kwargs, "it", kwargs.keys().containsAll(List.of(FIRST, LAST)));
      return checked(kwargs, own);
    }
    DateRange fit =
        new DateRange(
            ofHandler.first() == null ? own.first() : ofHandler.first(),
            ofHandler.last() == null ? own.last() : ofHandler.last());
    require(kwargs, "the handler", fit.first() != null && fit.last() != null);
    return checked(kwargs, fit);
  }

  private static void require(Section kwargs, String whom, boolean given) {
    if (!given) {
      kwargs.problem(
          "", "needs the days it is fitted on: give " + whom + " fit_start_time and fit_end_time");
    }
  }

  private static DateRange checked(Section kwargs, DateRange fit) {
    if (fit.isEmpty()) {
      kwargs.problem(LAST, "is before " + FIRST);
    }
    return fit;
  }
}
