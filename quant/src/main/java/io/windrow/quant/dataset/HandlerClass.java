package io.windrow.quant.dataset;

import io.windrow.quant.definition.Section;
import io.windrow.quant.factor.FactorSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Qlib's data handlers (qlib/contrib/data/handler.py, qlib/data/dataset/handler.py) by their class
 * names: what sets them apart.
 */
enum HandlerClass {
  ALPHA158("Alpha158", FactorSet.alpha158(), "close"),
  ALPHA158_VWAP("Alpha158vwap", FactorSet.alpha158(), "vwap"),
  ALPHA360("Alpha360", FactorSet.alpha360(), "close"),
  ALPHA360_VWAP("Alpha360vwap", FactorSet.alpha360(), "vwap"),
  /** Columns by its data loader, no processors at all. */
  DATA_HANDLER("DataHandler", null, ""),
  /** Columns by its data loader, processors by its arguments. */
  DATA_HANDLER_LP("DataHandlerLP", null, "");

  private static final List<?> ALPHA360_INFER = List.of("ProcessInf", "ZScoreNorm", "Fillna");
  private static final List<?> ALPHA_LEARN =
      List.of(
          "DropnaLabel",
          Map.of("class", "CSZScoreNorm", "kwargs", Map.of("fields_group", "label")));

  private final String qlibName;
  private final @Nullable FactorSet features;
  private final String labelField;

  HandlerClass(String qlibName, @Nullable FactorSet features, String labelField) {
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
    return features != null;
  }

  boolean hasProcessors() {
    return this != DATA_HANDLER;
  }

  /** Processors that stand in for absent {@code infer_processors}. */
  List<?> defaultInfer() {
    return this == ALPHA360 || this == ALPHA360_VWAP ? ALPHA360_INFER : List.of();
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
    if (features == null) {
      return DataLoaderConfig.read(kwargs.section("data_loader"));
    }
    FactorSet own = features;
    return labels(kwargs).map(labels -> new DataColumns(own, labels));
  }

  private Optional<FactorSet> labels(Section kwargs) {
    if (kwargs.has("label")) {
      return FieldsInfo.read(kwargs, "label", (column, expression) -> "LABEL" + column);
    }
    String label = "Ref($%1$s, -2)/Ref($%1$s, -1) - 1".formatted(labelField);
    return Optional.of(FactorSet.of(List.of("LABEL0"), List.of(label)));
  }
}
