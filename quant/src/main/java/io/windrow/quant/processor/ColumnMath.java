package io.windrow.quant.processor;

import io.windrow.quant.evaluate.Correlation;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The arithmetic of the processors on one column of doubles, in place. NaN means missing; the rules
 * are those of pandas and numpy that Qlib's processors rest on.
 */
final class ColumnMath {

  /** Makes the median absolute deviation of a normal sample equal its standard deviation. */
  static final double MAD_TO_DEVIATION = 1.4826;

  private ColumnMath() {}

  /** (x - mean) / standard deviation with ddof 1; NaN for one value or a constant column. */
  static void zScore(double[] column) {
    double[] present = present(column);
    if (present.length < 2 || isConstant(present)) {
      Arrays.fill(column, Double.NaN);
      return;
    }
    Moments moments = Moments.of(present, 1);
    apply(column, x -> (x - moments.mean()) / moments.deviation());
  }

  /** (x - median) / (median absolute deviation x 1.4826), cut to [-3, 3]. */
  static void robustZScore(double[] column) {
    double[] present = present(column);
    double median = median(present);
    double scale = median(deviations(present, median)) * MAD_TO_DEVIATION;
    apply(column, x -> clip((x - median) / scale));
  }

  /** (average rank / count - 0.5) x 3.46: about uniform with standard deviation 1. */
  static void rank(double[] column) {
    double[] present = present(column);
    double[] ranks = Correlation.averageRanks(present);
    int next = 0;
    for (int i = 0; i < column.length; i++) {
      if (!Double.isNaN(column[i])) {
        column[i] = (ranks[next++] / present.length - 0.5) * 3.46;
      }
    }
  }

  /** Replaces infinite values by the mean of the others. */
  static void replaceInfinite(double[] column) {
    double mean = Moments.of(finite(column), 0).mean();
    apply(column, x -> Double.isInfinite(x) ? mean : x);
  }

  /** Replaces missing values by the mean of the others. */
  static void fillWithMean(double[] column) {
    double mean = Moments.of(present(column), 0).mean();
    apply(column, x -> Double.isNaN(x) ? mean : x);
  }

  static double clip(double value) {
    return Double.isNaN(value) ? value : Math.max(-3, Math.min(3, value));
  }

  /** The median of the values, which are reordered; NaN without values. */
  static double median(double[] values) {
    int size = values.length;
    if (size == 0) {
      return Double.NaN;
    }
    double upper = Selection.select(values, size / 2);
    if (size % 2 == 1) {
      return upper;
    }
    // What lies left of the selected place is not greater than it.
    double lower = values[0];
    for (int i = 1; i < size / 2; i++) {
      lower = Math.max(lower, values[i]);
    }
    return (lower + upper) / 2;
  }

  static double[] deviations(double[] values, double centre) {
    return Arrays.stream(values).map(x -> Math.abs(x - centre)).toArray();
  }

  static double[] present(double[] column) {
    double[] present = new double[column.length];
    int count = 0;
    for (double value : column) {
      if (!Double.isNaN(value)) {
        present[count++] = value;
      }
    }
    return count == present.length ? present : Arrays.copyOf(present, count);
  }

  private static double[] finite(double[] column) {
    return Arrays.stream(column).filter(Double::isFinite).toArray();
  }

  static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static void apply(double[] column, DoubleUnaryOperator operator) {
    for (int i = 0; i < column.length; i++) {
      column[i] = operator.applyAsDouble(column[i]);
    }
  }
}
