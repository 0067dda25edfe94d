package io.windrow.quant.record;

import io.windrow.quant.backtest.BacktestSettings;
import io.windrow.quant.backtest.BacktestSettings.Opening;
import io.windrow.quant.backtest.BacktestSettings.Weighting;
import io.windrow.quant.backtest.ExchangeSettings;
import io.windrow.quant.backtest.Region;
import io.windrow.quant.backtest.StrategySettings;
import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the arguments of Qlib's PortAnaRecord: which strategy trades the predictions, on which
 * exchange, and over which days. Without {@code config} they are Qlib's own.
 */
final class PortAnaArguments {

  private static final String SIMULATOR = "SimulatorExecutor";
  private static final List<String> EXECUTORS = List.of("NestedExecutor", SIMULATOR);
  private static final String QLIBS_BENCHMARK = "SH000300";
  private static final List<String> DAY = List.of("day", "1day");

  /** What Qlib takes for {@code backtest} if the whole config is missing. */
  private static final Map<String, Object> DEFAULT_BACKTEST =
      Map.of(
          "account",
          1e8,
          "exchange_kwargs",
          Map.of(
              "limit_threshold", 0.095, "open_cost", 0.0005, "close_cost", 0.0015, "min_cost", 5));

  private static final Map<String, Object> DEFAULT_STRATEGY =
      Map.of("class", "TopkDropoutStrategy", "kwargs", Map.of("topk", 50, "n_drop", 5));

  private final Region region;
  private boolean complete = true;
  private boolean buyFirst;

  private PortAnaArguments(Region region) {
    this.region = region;
  }

  /** Empty after reporting a problem or saying that the record is left out. */
  static Optional<BacktestSettings> read(Section kwargs, Region region) {
    return new PortAnaArguments(region).read(kwargs);
  }

  private Optional<BacktestSettings> read(Section kwargs) {
    Section config = kwargs.optionalSection("config");
    Optional<StrategySettings> strategy =
        StrategyArguments.read(sectionOr(config, "strategy", DEFAULT_STRATEGY));
    if (config.has("executor")) {
      executor(config.section("executor"));
    }
    Weighting weighting = weighting(kwargs);
    Optional<BacktestSettings> settings =
        backtest(sectionOr(config, "backtest", DEFAULT_BACKTEST), strategy, weighting);
    config.rejectOthers();
    for (String key : List.of("risk_analysis_freq", "indicator_analysis_freq")) {
      frequency(kwargs, key);
    }
    kwargs.flag("skip_existing", false);
    return complete ? settings : Optional.empty();
  }

  private static Section sectionOr(Section config, String key, Map<String, Object> absent) {
    return config.has(key) ? config.section(key) : config.with(key, List.of(absent)).get(0);
  }

  private static Weighting weighting(Section kwargs) {
    return switch (kwargs.choice(
        "indicator_analysis_method", List.of("mean", "amount_weighted", "value_weighted"))) {
      case "amount_weighted" -> Weighting.AMOUNT;
      case "value_weighted" -> Weighting.VALUE;
      default -> Weighting.ORDERS;
    };
  }

  private static void frequency(Section kwargs, String key) {
    Object value = kwargs.raw(key);
    List<?> wanted =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    if (!DAY.containsAll(wanted)) {
      kwargs.warning(key, "has other than daily figures, which daily bars do not give: " + DAY);
    }
  }

  private void executor(Section executor) {
    Optional<String> type = ClassName.read(executor, "executor", EXECUTORS);
    Section kwargs = executor.optionalSection("kwargs");
    executor.rejectOthers();
    if (type.isEmpty() || !type.get().equals(SIMULATOR)) {
      complete = false;
      type.ifPresent(name -> executor.warning("class", name + Records.LEFT_OUT));
      return;
    }
    kwargs.choice("time_per_step", DAY);
    if (!kwargs.flag("generate_portfolio_metrics", true)) {
      kwargs.problem("generate_portfolio_metrics", "must be true: they are what is recorded");
    }
    kwargs.date("start_time");
    kwargs.date("end_time");
    for (String output : List.of("verbose", "track_data")) {
      kwargs.flag(output, false);
    }
    buyFirst = kwargs.choice("trade_type", List.of("serial", "parallel")).equals("parallel");
    kwargs.rejectOthers();
  }

  private Optional<BacktestSettings> backtest(
      Section section, Optional<StrategySettings> strategy, Weighting weighting) {
    LocalDate first = section.date("start_time").orElse(null);
    LocalDate last = section.date("end_time").orElse(null);
    if (new DateRange(first, last).isEmpty()) {
      section.problem("end_time", "is before start_time");
    }
    Map<String, Opening> opening = new LinkedHashMap<>();
    double cash = account(section, opening);
    List<String> benchmark = benchmark(section);
    if (section.choice("pos_type", List.of("Position", "InfPosition")).equals("InfPosition")) {
      section.warning("pos_type", "InfPosition" + Records.LEFT_OUT);
      complete = false;
    }
    ExchangeSettings exchange =
        ExchangeArguments.read(section.optionalSection("exchange_kwargs"), region);
    section.rejectOthers();
    return strategy.map(
        settings ->
            new BacktestSettings(
                new DateRange(first, last),
                cash,
                opening,
                benchmark,
                settings,
                exchange,
                buyFirst,
                weighting));
  }

  /** A sum, or {@code cash} and positions by symbol: {@code 100} or {@code {amount, price}}. */
  private static double account(Section section, Map<String, Opening> opening) {
    if (!(section.raw("account") instanceof Map)) {
      return positive(section, "account", 1e9);
    }
    Section account = section.optionalSection("account");
    if (!account.has("cash")) {
      account.problem("cash", "is missing; a number is expected here");
    }
    double cash = positive(account, "cash", 1);
    for (String symbol : account.keys()) {
      if (symbol.equals("cash")) {
        continue;
      }
      boolean plain = !(account.raw(symbol) instanceof Map);
      Section position = plain ? account : account.optionalSection(symbol);
      double amount = positive(position, plain ? symbol : "amount", 1);
      double price = !plain && position.has("price") ? positive(position, "price", 1) : Double.NaN;
      opening.put(symbol, new Opening(amount, price));
      if (!plain) {
        position.rejectOthers();
      }
    }
    return cash;
  }

  private static double positive(Section section, String key, double absent) {
    double value = section.number(key, absent);
    if (value <= 0) {
      section.problem(key, "must be more than 0");
      return absent;
    }
    return value;
  }

  private static List<String> benchmark(Section section) {
    Object benchmark = section.raw("benchmark");
    if (benchmark == null) {
      return List.of(QLIBS_BENCHMARK);
    }
    List<?> symbols = benchmark instanceof List<?> list ? list : List.of(benchmark);
    if (symbols.isEmpty()
        || !symbols.stream().allMatch(symbol -> symbol instanceof String name && !name.isBlank())) {
      section.problem(
          "benchmark", "must be a symbol or a list of symbols, not " + Section.quote(benchmark));
      return List.of(QLIBS_BENCHMARK);
    }
    return symbols.stream().map(String::valueOf).toList();
  }
}
