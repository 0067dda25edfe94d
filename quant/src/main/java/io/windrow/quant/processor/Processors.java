package io.windrow.quant.processor;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The processors by Qlib's class names. */
public final class Processors {

  /** Reads the arguments of a class. */
  @FunctionalInterface
  private interface Factory {
    Processor create(Section kwargs, FitDays fitDays);
  }

  private static final Map<String, Factory> FACTORIES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("DropCol", (k, fit) -> new DropCol(columns(k))),
              Map.entry(
                  "FilterCol",
                  (k, fit) -> new FilterCol(group(k, FieldsGroup.FEATURE), columns(k))),
              Map.entry("HashStockFormat", (k, fit) -> new HashStockFormat()),
              Map.entry("DropnaLabel", (k, fit) -> new Dropna(group(k, FieldsGroup.LABEL), false)),
              Map.entry("DropnaProcessor", (k, fit) -> new Dropna(group(k, FieldsGroup.ALL), true)),
              Map.entry("Fillna", (k, fit) -> fillna(k)),
              Map.entry("ProcessInf", (k, fit) -> new ProcessInf()),
              Map.entry("TanhProcess", (k, fit) -> new TanhProcess()),
              Map.entry("CSRankNorm", (k, fit) -> new CSRankNorm(group(k, FieldsGroup.ALL))),
              Map.entry("CSZFillna", (k, fit) -> new CSZFillna(group(k, FieldsGroup.ALL))),
              Map.entry("CSZScoreNorm", (k, fit) -> csZScoreNorm(k)),
              Map.entry(
                  "MinMaxNorm", (k, fit) -> new MinMaxNorm(group(k, FieldsGroup.ALL), fit.read(k))),
              Map.entry(
                  "ZScoreNorm", (k, fit) -> new ZScoreNorm(group(k, FieldsGroup.ALL), fit.read(k))),
              Map.entry("RobustZScoreNorm", Processors::robustZScoreNorm)));

  private Processors() {}

  /** Names of the classes that may be used. */
  public static List<String> known() {
    return List.copyOf(FACTORIES.keySet());
  }

  /**
   * Reads a list of processors; those with problems are reported and left out.
   *
   * @param fitDays what those learn from that fit themselves
   */
  public static List<Processor> read(List<Section> sections, FitDays fitDays) {
    List<Processor> processors = new ArrayList<>();
    for (Section section : sections) {
      Optional<String> name = ClassName.read(section, "processor", known());
      Section kwargs = section.optionalSection("kwargs");
      section.rejectOthers();
      if (name.isPresent()) {
        processors.add(FACTORIES.get(name.get()).create(kwargs, fitDays));
        kwargs.rejectOthers();
      }
    }
    return processors;
  }

  private static FieldsGroup group(Section kwargs, FieldsGroup absent) {
    return FieldsGroup.read(kwargs, absent);
  }

  private static Processor fillna(Section kwargs) {
    return new Fillna(FieldsGroup.readAny(kwargs), kwargs.number("fill_value", 0));
  }

  private static Processor csZScoreNorm(Section kwargs) {
    boolean robust = kwargs.choice("method", List.of("zscore", "robust")).equals("robust");
    return new CSZScoreNorm(FieldsGroup.readAny(kwargs), robust);
  }

  private static Processor robustZScoreNorm(Section kwargs, FitDays fitDays) {
    return new RobustZScoreNorm(
        group(kwargs, FieldsGroup.ALL), fitDays.read(kwargs), kwargs.flag("clip_outlier", true));
  }

  /** Names of columns. */
  private static Set<String> columns(Section kwargs) {
    Set<String> names = new LinkedHashSet<>();
    for (Object name : kwargs.list("col_list")) {
      if (name instanceof String text) {
        names.add(text);
      } else {
        kwargs.problem("col_list", "must be a list of column names, not of " + Section.quote(name));
      }
    }
    return names;
  }
}
