package io.windrow.quant.record;

import io.windrow.quant.backtest.StrategySettings;
import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code strategy}: which one trades the predictions, and its arguments. */
final class StrategyArguments {

  private static final String TOPK_DROPOUT = "TopkDropoutStrategy";
  private static final List<String> CLASSES =
      List.of("EnhancedIndexingStrategy", "SoftTopkStrategy", TOPK_DROPOUT);
  private static final int MOST = 1_000_000;

  private StrategyArguments() {}

  /** Empty after reporting a problem or saying that the record is left out. */
  static Optional<StrategySettings> read(Section section) {
    Optional<String> type = ClassName.read(section, "strategy", CLASSES);
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    boolean known = signal(kwargs);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    if (!type.get().equals(TOPK_DROPOUT)) {
      section.warning("class", type.get() + Records.LEFT_OUT);
      return Optional.empty();
    }
    StrategySettings settings = topkDropout(kwargs);
    kwargs.rejectOthers();
    return known ? Optional.of(settings) : Optional.empty();
  }

  private static StrategySettings topkDropout(Section kwargs) {
    for (String key : List.of("topk", "n_drop")) {
      if (!kwargs.has(key)) {
        kwargs.problem(key, "is missing; a whole number is expected here");
      }
    }
    int held = kwargs.integer("topk", 50, 1, MOST);
    int dropped = kwargs.integer("n_drop", Math.min(5, held), 0, MOST);
    if (dropped > held) {
      kwargs.problem("n_drop", "is " + dropped + ", more than topk holds: " + held);
    }
    double risk = kwargs.amount("risk_degree", 0.95);
    if (risk > 1) {
      kwargs.problem("risk_degree", "must be at most 1, the whole of the cash");
    }
    return new StrategySettings(
        held,
        Math.min(dropped, held),
        kwargs.choice("method_sell", List.of("bottom", "random")).equals("random"),
        kwargs.choice("method_buy", List.of("top", "random")).equals("random"),
        kwargs.integer("hold_thresh", 1, 0, MOST),
        kwargs.flag("only_tradable", false),
        kwargs.flag("forbid_all_trade_at_limit", true),
        Math.min(risk, 1));
  }

  /**
   * {@code signal}, or {@code model} and {@code dataset} as older files have it: the run's own
   * predictions in any case.
   *
   * @return whether it is one that can be had
   */
  private static boolean signal(Section kwargs) {
    Object signal = kwargs.raw("signal");
    boolean own = signal == null || List.of("<MODEL>", "<DATASET>").equals(signal);
    if (signal instanceof Map) {
      kwargs.warning("signal", "that is not <PRED>" + Records.LEFT_OUT);
    } else if (!own && !signal.equals("<PRED>")) {
      kwargs.problem(
          "signal", "must be <PRED> or [<MODEL>, <DATASET>], not " + Section.quote(signal));
    }
    Records.placeholder(kwargs, "model", "<MODEL>");
    Records.placeholder(kwargs, "dataset", "<DATASET>");
    return !(signal instanceof Map);
  }
}
