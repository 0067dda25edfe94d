package io.windrow.quant.processor;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The processors by Qlib's class names. */
public final class Processors {

  /** Reads the arguments of a class; the handler's fit days go to those that take them. */
  @FunctionalInterface
  private interface Factory {
    Processor create(Section kwargs, DateRange handlerFit);
  }

  private static final Map<String, Factory> FACTORIES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("DropnaLabel", (k, fit) -> new Dropna(group(k, FieldsGroup.LABEL), false)),
              Map.entry("DropnaProcessor", (k, fit) -> new Dropna(group(k, FieldsGroup.ALL), true)),
              Map.entry("Fillna", (k, fit) -> fillna(k)),
              Map.entry("ProcessInf", (k, fit) -> new ProcessInf()),
              Map.entry("TanhProcess", (k, fit) -> new TanhProcess()),
              Map.entry("CSRankNorm", (k, fit) -> new CSRankNorm(group(k, FieldsGroup.ALL))),
              Map.entry("CSZFillna", (k, fit) -> new CSZFillna(group(k, FieldsGroup.ALL))),
              Map.entry("CSZScoreNorm", (k, fit) -> csZScoreNorm(k)),
              Map.entry(
                  "MinMaxNorm",
                  (k, fit) -> new MinMaxNorm(group(k, FieldsGroup.ALL), fitDays(k, fit))),
              Map.entry(
                  "ZScoreNorm",
                  (k, fit) -> new ZScoreNorm(group(k, FieldsGroup.ALL), fitDays(k, fit))),
              Map.entry("RobustZScoreNorm", Processors::robustZScoreNorm)));

  private Processors() {}

  /** Names of the classes that may be used. */
  public static List<String> known() {
    return List.copyOf(FACTORIES.keySet());
  }

  /**
   * Reads a list of processors; those with problems are reported and left out.
   *
   * @param handlerFit the handler's {@code fit_start_time} and {@code fit_end_time}
   */
  public static List<Processor> read(List<Section> sections, DateRange handlerFit) {
    List<Processor> processors = new ArrayList<>();
    for (Section section : sections) {
      Optional<String> name = ClassName.read(section, "processor", known());
      Section kwargs = section.optionalSection("kwargs");
      section.rejectOthers();
      if (name.isPresent()) {
        processors.add(FACTORIES.get(name.get()).create(kwargs, handlerFit));
        kwargs.rejectOthers();
      }
    }
    return processors;
  }

  private static FieldsGroup group(Section kwargs, FieldsGroup absent) {
    return FieldsGroup.read(kwargs, absent);
  }

  private static Processor fillna(Section kwargs) {
    return new Fillna(group(kwargs, FieldsGroup.ALL), kwargs.number("fill_value", 0));
  }

  private static Processor csZScoreNorm(Section kwargs) {
    boolean robust = kwargs.choice("method", List.of("zscore", "robust")).equals("robust");
    return new CSZScoreNorm(group(kwargs, FieldsGroup.ALL), robust);
  }

  private static Processor robustZScoreNorm(Section kwargs, DateRange handlerFit) {
    return new RobustZScoreNorm(
        group(kwargs, FieldsGroup.ALL),
        fitDays(kwargs, handlerFit),
        kwargs.flag("clip_outlier", true));
  }

  /** The handler's fit days go before the processor's own, as in Qlib. */
  private static DateRange fitDays(Section kwargs, DateRange handlerFit) {
    DateRange own =
        new DateRange(
            kwargs.date("fit_start_time").orElse(null), kwargs.date("fit_end_time").orElse(null));
    DateRange fit =
        new DateRange(
            handlerFit.first() == null ? own.first() : handlerFit.first(),
            handlerFit.last() == null ? own.last() : handlerFit.last());
    if (fit.first() == null || fit.last() == null) {
      kwargs.problem(
          "", "needs the days it is fitted on: give the handler fit_start_time and fit_end_time");
    }
    return fit;
  }
}
