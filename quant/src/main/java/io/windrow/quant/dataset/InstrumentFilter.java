package io.windrow.quant.dataset;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorEngine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the spans of instruments, as Qlib's dynamic filters do (qlib/data/filter.py). Filters are
 * records: two that are equal leave the same of the same data, so they serve as parts of keys.
 */
sealed interface InstrumentFilter permits NameDFilter, ExpressionDFilter {

  List<String> TYPES = List.of("ExpressionDFilter", "NameDFilter");

  /** The days on which it decides; on others the instruments stay as they are. */
  DateRange days();

  /**
   * Clears the days that do not stay.
   *
   * @param days for each member of the universe its days, as calendar indices
   * @param first calendar index of the first day to decide
   * @param last that of the last one, not before {@code first}
   */
  void cut(
      Universe universe,
      List<BitSet> days,
      int first,
      int last,
      DataStore data,
      FactorEngine engine);

  /** Reads a list of filters; those with problems are reported and left out. */
  static List<InstrumentFilter> readAll(Section holder, String key) {
    List<InstrumentFilter> filters = new ArrayList<>();
    for (Section section : holder.sections(key)) {
      read(section).ifPresent(filters::add);
    }
    return filters;
  }

  private static Optional<InstrumentFilter> read(Section section) {
    String type = section.text("filter_type").orElse("");
    DateRange days =
        new DateRange(
            section.date("filter_start_time").orElse(null),
            section.date("filter_end_time").orElse(null));
    if (days.isEmpty()) {
      section.problem("filter_end_time", "is before filter_start_time");
    }
    Optional<InstrumentFilter> filter =
        switch (type) {
          case "NameDFilter" -> NameDFilter.read(section, days);
          case "ExpressionDFilter" -> ExpressionDFilter.read(section, days);
          default -> {
            section.problem(
                "filter_type",
                "must be one of "
                    + TYPES
                    + Nearest.hint(type, TYPES)
                    + ": it says what is filtered");
            yield Optional.empty();
          }
        };
    if (TYPES.contains(type)) {
      section.rejectOthers();
    }
    return days.isEmpty() ? Optional.empty() : filter;
  }

  /**
   * What it leaves of a universe; empty if it leaves nothing. A trading day must lie in its days.
   */
  default Optional<Universe> apply(Universe universe, DataStore data, FactorEngine engine) {
    TradingCalendar calendar = data.calendar();
    List<BitSet> days = SpanBits.of(universe, calendar);
    cut(universe, days, first(calendar), last(calendar), data, engine);
    return SpanBits.universe(universe, days, calendar);
  }

  private int first(TradingCalendar calendar) {
    return days().first() == null ? 0 : calendar.ceiling(days().first());
  }

  private int last(TradingCalendar calendar) {
    return days().last() == null ? calendar.size() - 1 : calendar.floor(days().last());
  }
}
