package io.windrow.quant.dataset;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.processor.FitDays;
import io.windrow.quant.processor.Processor;
import java.util.List;
import java.util.Optional;

/**
 * A data handler as a definition describes it.
 *
 * @param instruments which instruments
 * @param days the handler's days; it has no rows outside of them
 * @param features the columns a model learns from
 * @param labels the columns it learns to predict
 * @param shared processors before all others
 * @param infer processors for predictions
 * @param learn processors for training
 * @param append whether learn comes after infer; otherwise right after shared
 */
public record HandlerConfig(
    Instruments instruments,
    DateRange days,
    FactorSet features,
    FactorSet labels,
    List<Processor> shared,
    List<Processor> infer,
    List<Processor> learn,
    boolean append) {

  static final String NO_FILTERS =
      "filters of instruments are not available: list the instruments, or make a market file";

  public HandlerConfig {
    shared = List.copyOf(shared);
    infer = List.copyOf(infer);
    learn = List.copyOf(learn);
  }

  /** Names of the classes whose definitions can be checked. */
  public static List<String> known() {
    return HandlerClass.names();
  }

  /** Reads {@code {class, module_path, kwargs}}; empty after reporting what makes it unusable. */
  static Optional<HandlerConfig> read(Section section) {
    Optional<String> name = ClassName.read(section, "handler", known());
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    return name.flatMap(known -> read(HandlerClass.of(known), kwargs));
  }

  private static Optional<HandlerConfig> read(HandlerClass type, Section kwargs) {
    DateRange days = range(kwargs, "start_time", "end_time");
    Optional<DataColumns> columns = type.columns(kwargs);
    FitDays fit = FitDays.OWN;
    if (type.isAlpha()) {
      dailyAndUnfiltered(kwargs);
      fit = new FitDays(range(kwargs, "fit_start_time", "fit_end_time"));
    }
    ProcessorLists processors =
        type.hasProcessors() ? ProcessorLists.read(kwargs, type, fit) : ProcessorLists.NONE;
    if (!kwargs.flag("init_data", true)) {
      kwargs.problem("init_data", "must be true: without its data there is nothing to learn from");
    }
    kwargs.flag("fetch_orig", true); // whether Qlib copies on reading: nothing is ever copied here
    Instruments instruments =
        kwargs.has("instruments")
            ? Instruments.read(kwargs)
            : new Instruments(type.defaultMarket(), List.of());
    kwargs.rejectOthers();
    columns.ifPresent(known -> processors.check(kwargs, known));
    return columns.map(
        known ->
            new HandlerConfig(
                instruments,
                days,
                known.features(),
                known.labels(),
                processors.shared(),
                processors.infer(),
                processors.learn(),
                processors.append()));
  }

  /** Refuses other bars than daily ones, and filters; handlers and data loaders take the keys. */
  static void dailyAndUnfiltered(Section kwargs) {
    if (kwargs.has("freq") && !"day".equals(kwargs.raw("freq"))) {
      kwargs.unavailable("freq", "only daily bars are available: write day, or leave it out");
    }
    if (kwargs.has("filter_pipe") && !List.of().equals(kwargs.raw("filter_pipe"))) {
      kwargs.unavailable("filter_pipe", NO_FILTERS);
    }
    // Older files leave out the last letter.
    for (String key : List.of("inst_processors", "inst_processor")) {
      if (kwargs.has(key) && !List.of().equals(kwargs.raw(key))) {
        kwargs.unavailable(key, "processors of single instruments are not available");
      }
    }
  }

  private static DateRange range(Section kwargs, String first, String last) {
    DateRange range =
        new DateRange(kwargs.date(first).orElse(null), kwargs.date(last).orElse(null));
    if (range.isEmpty()) {
      kwargs.problem(last, "is before " + first);
      return DateRange.ALL;
    }
    return range;
  }
}
