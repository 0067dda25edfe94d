package io.windrow.quant.dataset;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorSet;
import io.windrow.quant.factor.expression.Expression;
import io.windrow.quant.factor.expression.ExpressionException;
import io.windrow.quant.processor.Processor;
import io.windrow.quant.processor.Processors;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  private static final String ALPHA158 = "Alpha158";
  private static final List<String> LATER = List.of("Alpha158vwap", "Alpha360", "Alpha360vwap");
  private static final String GENERIC = "DataHandlerLP";
  private static final List<String> CLASSES =
      Stream.concat(Stream.of(ALPHA158, GENERIC), LATER.stream()).toList();
  private static final String ALPHA158_LABEL = "Ref($close, -2)/Ref($close, -1) - 1";
  private static final List<?> ALPHA360_INFER = List.of("ProcessInf", "ZScoreNorm", "Fillna");
  private static final List<?> DEFAULT_LEARN =
      List.of(
          Map.of("class", "DropnaLabel"),
          Map.of("class", "CSZScoreNorm", "kwargs", Map.of("fields_group", "label")));

  public HandlerConfig {
    shared = List.copyOf(shared);
    infer = List.copyOf(infer);
    learn = List.copyOf(learn);
  }

  /** Names of the classes whose definitions can be checked. */
  public static List<String> known() {
    return CLASSES;
  }

  /** Reads {@code {class, module_path, kwargs}}; empty after reporting an unknown class. */
  static Optional<HandlerConfig> read(Section section) {
    Optional<String> name = ClassName.read(section, "handler", CLASSES);
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    if (name.isEmpty() || name.get().equals(ALPHA158)) {
      return name.map(known -> read(kwargs, true));
    }
    if (name.get().equals(GENERIC)) {
      kwargs.section("data_loader");
    }
    read(kwargs, !LATER.contains(name.get()));
    section.unavailable("class", name.get() + " cannot be computed yet; there is " + ALPHA158);
    return Optional.empty();
  }

  /**
   * Reads the arguments of a handler.
   *
   * @param bare whether it has no processors for inference of its own, as Alpha158; Alpha360's
   *     ZScoreNorm needs the days it is fitted on
   */
  private static HandlerConfig read(Section kwargs, boolean bare) {
    DateRange days = range(kwargs, "start_time", "end_time");
    DateRange fit = range(kwargs, "fit_start_time", "fit_end_time");
    if (kwargs.has("freq") && !"day".equals(kwargs.raw("freq"))) {
      kwargs.unavailable("freq", "only daily bars are available: write day, or leave it out");
    }
    // Older files leave out the last letter.
    for (String key : List.of("inst_processors", "inst_processor")) {
      if (kwargs.has(key) && !List.of().equals(kwargs.raw(key))) {
        kwargs.unavailable(key, "processors of single instruments are not available");
      }
    }
    if (!bare && !kwargs.has("infer_processors")) {
      Processors.read(kwargs.with("infer_processors", ALPHA360_INFER), fit);
    }
    if (kwargs.flag("drop_raw", false)) {
      kwargs.unavailable("drop_raw", "must be false: the records need the raw label");
    }
    List<Processor> shared =
        forInference(
            kwargs,
            "shared_processors",
            Processors.read(kwargs.sections("shared_processors"), fit));
    List<Processor> infer =
        forInference(
            kwargs, "infer_processors", Processors.read(kwargs.sections("infer_processors"), fit));
    List<Section> learn =
        kwargs.has("learn_processors")
            ? kwargs.sections("learn_processors")
            : kwargs.with("learn_processors", DEFAULT_LEARN);
    HandlerConfig config =
        new HandlerConfig(
            Instruments.read(kwargs),
            days,
            FactorSet.alpha158(),
            labels(kwargs),
            shared,
            infer,
            Processors.read(learn, fit),
            kwargs.choice("process_type", List.of("append", "independent")).equals("append"));
    kwargs.rejectOthers();
    return config;
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

  private static List<Processor> forInference(
      Section kwargs, String key, List<Processor> processors) {
    if (!processors.stream().allMatch(Processor::isForInference)) {
      kwargs.problem(
          key,
          "DropnaLabel is for learning only, predictions have no label: move it to learn_processors");
    }
    return processors;
  }

  /**
   * Reads {@code label}: a list of expressions, named LABEL0, LABEL1, ..., or a pair of lists
   * [expressions, names].
   */
  private static FactorSet labels(Section kwargs) {
    FactorSet absent = FactorSet.of(List.of("LABEL0"), List.of(ALPHA158_LABEL));
    Object value = kwargs.raw("label");
    if (value == null) {
      return absent;
    }
    List<?> label = value instanceof String text ? List.of(text) : kwargs.list("label");
    boolean named =
        label.size() == 2 && label.get(0) instanceof List<?> && label.get(1) instanceof List<?>;
    List<?> expressions = named ? (List<?>) label.get(0) : label;
    List<?> names =
        named
            ? (List<?>) label.get(1)
            : IntStream.range(0, label.size()).mapToObj(i -> "LABEL" + i).toList();
    if (expressions.isEmpty()
        || names.size() != expressions.size()
        || new HashSet<Object>(names).size() != names.size()
        || !allTexts(expressions)
        || !allTexts(names)) {
      kwargs.problem(
          "label",
          "must be a list of expressions or [[expressions], [names]] with distinct names, not "
              + Section.quote(value));
      return absent;
    }
    for (Object expression : expressions) {
      try {
        Expression.parse(expression.toString());
      } catch (ExpressionException e) {
        kwargs.problem("label", e.getMessage());
      }
    }
    return FactorSet.of(
        names.stream().map(String::valueOf).toList(),
        expressions.stream().map(String::valueOf).toList());
  }

  private static boolean allTexts(List<?> values) {
    return values.stream().allMatch(value -> value instanceof String text && !text.isBlank());
  }
}
