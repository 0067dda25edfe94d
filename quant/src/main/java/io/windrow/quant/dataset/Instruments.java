package io.windrow.quant.dataset;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.Section;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which instruments a handler works on: a market or a list of symbols, exactly one of them.
 *
 * @param market name of an instrument list, or null
 * @param symbols names of instruments, or empty
 */
record Instruments(@Nullable String market, List<String> symbols) {

  private static final String DEFAULT_MARKET = "csi500";

  Instruments {
    symbols = List.copyOf(symbols);
  }

  /** Reads {@code instruments}: a market, a list of symbols, or {@code {market: name}}. */
  static Instruments read(Section kwargs) {
    Object value = kwargs.raw("instruments");
    if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        kwargs.problem("instruments", "is empty: name at least one instrument or a market");
      }
      for (int i = 0; i < list.size(); i++) {
        if (!(list.get(i) instanceof String name) || name.isBlank()) {
          kwargs.problem("instruments." + i, "must be a symbol, not " + Section.quote(list.get(i)));
          return new Instruments(DEFAULT_MARKET, List.of());
        }
      }
      return new Instruments(null, list.stream().map(String::valueOf).toList());
    }
    if (value instanceof java.util.Map<?, ?>) {
      Section section = kwargs.optionalSection("instruments");
      String market = section.text("market").orElse(DEFAULT_MARKET);
      if (!section.list("filter_pipe").isEmpty()) {
        section.unavailable("filter_pipe", HandlerConfig.NO_FILTERS);
      }
      section.rejectOthers();
      return new Instruments(market, List.of());
    }
    return new Instruments(kwargs.text("instruments").orElse(DEFAULT_MARKET), List.of());
  }

  Universe universe(DataStore data) {
    return market == null ? data.universe(symbols) : data.universe(market);
  }
}
