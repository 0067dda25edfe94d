package io.windrow.quant.dataset;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which instruments a handler works on: a market or a list of symbols, exactly one of them, and on
 * which days of those.
 *
 * @param market name of an instrument list, or null
 * @param symbols names of instruments, or empty
 * @param filters applied one after another to the market's spans
 * @param path where the definition has the filters
 */
record Instruments(
    @Nullable String market, List<String> symbols, List<InstrumentFilter> filters, String path) {

  private static final String KEY = "instruments";
  static final String FILTERS = "filter_pipe";

  Instruments {
    symbols = List.copyOf(symbols);
    filters = List.copyOf(filters);
  }

  /**
   * Reads {@code instruments}: a market, a list of symbols, or {@code {market: name, filter_pipe:
   * [...]}}; and {@code filter_pipe}, which goes with the name of a market only.
   *
   * @param absent the market if none is named
   * @param filtered whether the handler takes {@code filter_pipe}
   */
  static Instruments read(Section kwargs, String absent, boolean filtered) {
    List<InstrumentFilter> filters =
        filtered ? InstrumentFilter.readAll(kwargs, FILTERS) : List.of();
    Object value = kwargs.raw(KEY);
    boolean named = !(value instanceof List<?> || value instanceof Map<?, ?>);
    if (!filters.isEmpty() && !named) {
      kwargs.warning(
          FILTERS,
          "is not used, as in Qlib, unless instruments is the name of a market"
              + (value instanceof Map<?, ?> ? ": move it into instruments" : ""));
    }
    if (value instanceof List<?> list) {
      return new Instruments(null, symbols(kwargs, list), List.of(), kwargs.path(KEY));
    }
    if (value instanceof Map<?, ?>) {
      Section section = kwargs.optionalSection(KEY);
      Instruments instruments =
          new Instruments(
              section.text("market").orElse(absent),
              List.of(),
              InstrumentFilter.readAll(section, FILTERS),
              section.path(FILTERS));
      section.rejectOthers();
      return instruments;
    }
    return new Instruments(
        kwargs.text(KEY).orElse(absent), List.of(), filters, kwargs.path(FILTERS));
  }

  private static List<String> symbols(Section kwargs, List<?> list) {
    if (list.isEmpty()) {
      kwargs.problem(KEY, "is empty: name at least one instrument or a market");
    }
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof String name) || name.isBlank()) {
        kwargs.problem(KEY + "." + i, "must be a symbol, not " + Section.quote(list.get(i)));
        return List.of();
      }
    }
    return list.stream().map(String::valueOf).toList();
  }

  /** All instruments, each on all the days that it is listed. */
  Universe listed(DataStore data) {
    return market == null ? data.universe(symbols) : data.universe(market);
  }

  /**
   * What the filters leave.
   *
   * @throws DefinitionException if they decide on no day, or leave nothing
   */
  Universe universe(DataStore data, FactorEngine engine) {
    checkFilters(data);
    return filtered(listed(data), filters, data, engine);
  }

  /**
   * Finds, without reading bars, filters that cannot leave anything.
   *
   * @throws DefinitionException if there are some
   */
  void checkFilters(DataStore data) {
    for (int i = 0; i < filters.size(); i++) {
      if (!filters.get(i).days().holdsOneOf(data.calendar())) {
        throw new DefinitionException(
            path + "." + i,
            "holds no trading day: the filter is for %s, the calendar of the data runs from %s to %s"
                .formatted(filters.get(i).days(), data.calendar().first(), data.calendar().last()));
      }
    }
    List<InstrumentFilter> byName =
        filters.stream().takeWhile(NameDFilter.class::isInstance).toList();
    filtered(listed(data), byName, data, new FactorEngine(1));
  }

  private Universe filtered(
      Universe listed, List<InstrumentFilter> by, DataStore data, FactorEngine engine) {
    Universe universe = listed;
    for (int i = 0; i < by.size(); i++) {
      InstrumentFilter filter = by.get(i);
      String where = path + "." + i;
      int before = universe.members().size();
      Optional<Universe> left = filter.apply(universe, data, engine);
      universe =
          left.orElseThrow(
              () ->
                  new DefinitionException(
                      where,
                      "leaves none of %d instruments: %s holds on no day of theirs"
                          .formatted(before, filter)));
    }
    return universe;
  }
}
