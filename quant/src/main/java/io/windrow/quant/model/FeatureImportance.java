package io.windrow.quant.model;

import io.windrow.quant.arrow.RowTable;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a feature did in the trees of a model.
 *
 * @param feature name of the column
 * @param split how many splits use it
 * @param gain the sum of what these splits gained, in the units of the objective
 */
public record FeatureImportance(String feature, double split, double gain) {

  /** Name of the artifact. */
  public static final String ARTIFACT = "feature_importance.arrow";

  /** One entry a column, the greatest gain first, then by place. */
  static List<FeatureImportance> sorted(
      List<String> columns, IntToDoubleFunction split, IntToDoubleFunction gain) {
    return IntStream.range(0, columns.size())
        .mapToObj(
            i ->
                new FeatureImportance(
                    columns.get(i), split.applyAsDouble(i), gain.applyAsDouble(i)))
        .sorted(Comparator.comparingDouble(FeatureImportance::gain).reversed())
        .toList();
  }

  /** An Arrow file with the columns {@code feature}, {@code split} and {@code gain}. */
  public static byte[] table(List<FeatureImportance> rows) {
    return new RowTable<>(rows)
        .text("feature", FeatureImportance::feature)
        .number("split", FeatureImportance::split)
        .number("gain", FeatureImportance::gain)
        .write();
  }
}
