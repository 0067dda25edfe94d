package io.windrow.quant.record;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.Section;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of Qlib's PortAnaRecord: which strategy trades the predictions, on which exchange,
 * and over which days. They are checked here; the back-test itself is not run yet.
 */
final class PortAnaArguments {

  private static final List<String> STRATEGIES =
      List.of("EnhancedIndexingStrategy", "SoftTopkStrategy", "TopkDropoutStrategy");
  private static final List<String> EXECUTORS = List.of("NestedExecutor", "SimulatorExecutor");
  private static final int MOST = 1_000_000;

  private PortAnaArguments() {}

  /** Reports what is wrong with {@code kwargs}. */
  static void check(Section kwargs) {
    Section config = kwargs.optionalSection("config");
    if (config.has("strategy")) {
      strategy(config.section("strategy"));
    }
    if (config.has("executor")) {
      Section executor = config.section("executor");
      ClassName.read(executor, "executor", EXECUTORS);
      executor.optionalSection("kwargs");
      executor.rejectOthers();
    }
    if (config.has("backtest")) {
      backtest(config.section("backtest"));
    }
    config.rejectOthers();
    kwargs.raw("risk_analysis_freq");
    kwargs.raw("indicator_analysis_freq");
    kwargs.raw("indicator_analysis_method");
    kwargs.flag("skip_existing", false);
  }

  private static void strategy(Section section) {
    boolean topk =
        ClassName.read(section, "strategy", STRATEGIES)
            .filter("TopkDropoutStrategy"::equals)
            .isPresent();
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    signal(kwargs);
    if (!topk) {
      return;
    }
    int held = kwargs.integer("topk", 50, 1, MOST);
    int dropped = kwargs.integer("n_drop", 5, 0, MOST);
    if (dropped > held) {
      kwargs.problem("n_drop", "is " + dropped + ", more than topk holds: " + held);
    }
    kwargs.choice("method_sell", List.of("bottom", "random"));
    kwargs.choice("method_buy", List.of("top", "random"));
    kwargs.integer("hold_thresh", 1, 0, MOST);
    kwargs.flag("only_tradable", false);
    kwargs.flag("forbid_all_trade_at_limit", true);
    if (kwargs.amount("risk_degree", 0.95) > 1) {
      kwargs.problem("risk_degree", "must be at most 1, the whole of the cash");
    }
    kwargs.rejectOthers();
  }

  /** {@code signal}, or {@code model} and {@code dataset} as older files have it. */
  private static void signal(Section kwargs) {
    Object signal = kwargs.raw("signal");
    boolean pair = List.of("<MODEL>", "<DATASET>").equals(signal);
    if (signal != null && !pair && !signal.equals("<PRED>") && !(signal instanceof Map)) {
      kwargs.problem(
          "signal", "must be <PRED> or [<MODEL>, <DATASET>], not " + Section.quote(signal));
    }
    Records.placeholder(kwargs, "model", "<MODEL>");
    Records.placeholder(kwargs, "dataset", "<DATASET>");
  }

  private static void backtest(Section section) {
    section.date("start_time");
    section.date("end_time");
    if (section.raw("account") instanceof Map) {
      section.optionalSection("account"); // cash and opening positions by symbol
    } else if (section.number("account", 1e8) <= 0) {
      section.problem("account", "must be more than 0");
    }
    benchmark(section, section.raw("benchmark"));
    section.choice("pos_type", List.of("Position", "InfPosition"));
    exchange(section.optionalSection("exchange_kwargs"));
    section.rejectOthers();
  }

  private static void benchmark(Section section, @Nullable Object benchmark) {
    if (!(benchmark == null || benchmark instanceof String || benchmark instanceof List)) {
      section.problem(
          "benchmark", "must be a symbol or a list of symbols, not " + Section.quote(benchmark));
    }
  }

  private static void exchange(Section section) {
    section.choice("freq", List.of("day"));
    section.date("start_time");
    section.date("end_time");
    Object limit = section.raw("limit_threshold");
    if (limit instanceof Number) {
      section.amount("limit_threshold", 0);
    } else if (!(limit == null || limit instanceof List)) {
      section.problem(
          "limit_threshold",
          "must be a number or a pair of expressions, not " + Section.quote(limit));
    }
    for (String cost : List.of("open_cost", "close_cost", "min_cost", "impact_cost")) {
      section.amount(cost, 0);
    }
    section.integer("trade_unit", 1, 1, MOST);
    for (String other :
        List.of("codes", "deal_price", "extra_quote", "subscribe_fields", "volume_threshold")) {
      section.raw(other);
    }
    section.rejectOthers();
  }
}
