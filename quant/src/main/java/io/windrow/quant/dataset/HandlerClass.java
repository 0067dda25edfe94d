package io.windrow.quant.dataset;

import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Qlib's data handlers (qlib/contrib/data/handler.py, qlib/data/dataset/handler.py) by their class
 * names: what sets them apart.
 */
enum HandlerClass {
  ALPHA158("Alpha158", Source.ALPHA158, "close"),
  ALPHA158_VWAP("Alpha158vwap", Source.ALPHA158, "vwap"),
  ALPHA360("Alpha360", Source.ALPHA360, "close"),
  ALPHA360_VWAP("Alpha360vwap", Source.ALPHA360, "vwap"),
  /** Columns by its data loader, no processors at all. */
  DATA_HANDLER("DataHandler", Source.DATA_LOADER, ""),
  /** Columns by its data loader, processors by its arguments. */
  DATA_HANDLER_LP("DataHandlerLP", Source.DATA_LOADER, "");

  /** Where the features come from. */
  private enum Source {
    ALPHA158,
    ALPHA360,
    DATA_LOADER
  }

  private static final List<?> ALPHA360_INFER = List.of("ProcessInf", "ZScoreNorm", "Fillna");
  private static final List<?> ALPHA_LEARN =
      List.of(
          "DropnaLabel",
          Map.of("class", "CSZScoreNorm", "kwargs", Map.of("fields_group", "label")));

  private final String qlibName;
  private final Source features;
  private final String labelField;

  HandlerClass(String qlibName, Source features, String labelField) {
    this.qlibName = qlibName;
    this.features = features;
    this.labelField = labelField;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(handler -> handler.qlibName).toList();
  }

  static HandlerClass of(String qlibName) {
    return Arrays.stream(values())
        .filter(handler -> handler.qlibName.equals(qlibName))
        .findFirst()
        .orElseThrow();
  }

  /** Whether it brings its own factors, label and processors, and hands out its fit days. */
  boolean isAlpha() {
    return features != Source.DATA_LOADER;
  }

  boolean hasProcessors() {
    return this != DATA_HANDLER;
  }

  /** Processors that stand in for absent {@code infer_processors}. */
  List<?> defaultInfer() {
    return features == Source.ALPHA360 ? ALPHA360_INFER : List.of();
  }

  /** Processors that stand in for absent {@code learn_processors}. */
  List<?> defaultLearn() {
    return isAlpha() ? ALPHA_LEARN : List.of();
  }

  /** The market of absent {@code instruments}. */
  String defaultMarket() {
    return isAlpha() ? "csi500" : "all";
  }

  /** Reads the columns; empty after reporting what is wrong with them. */
  Optional<DataColumns> columns(Section kwargs) {
    return switch (features) {
      case ALPHA158 -> withLabels(FactorSet.alpha158(), kwargs);
      case ALPHA360 -> withLabels(FactorSet.alpha360(), kwargs);
      case DATA_LOADER -> DataLoaderConfig.read(kwargs.section("data_loader"));
    };
  }

  private Optional<DataColumns> withLabels(FactorSet factors, Section kwargs) {
    return labels(kwargs).map(labels -> new DataColumns(factors, labels));
  }

  private Optional<FactorSet> labels(Section kwargs) {
    if (kwargs.has("label")) {
      return FieldsInfo.read(kwargs, "label", (column, expression) -> "LABEL" + column);
    }
    String label = "Ref($%1$s, -2)/Ref($%1$s, -1) - 1".formatted(labelField);
    return Optional.of(FactorSet.of(List.of("LABEL0"), List.of(label)));
  }
}
