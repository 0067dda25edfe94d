package io.windrow.quant.processor;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What a fitted normalisation does to one column: (x - centre) / scale, maybe cut to [-3, 3].
 *
 * @param centre is subtracted
 * @param scale divides
 * @param clipped whether the result is cut
 */
record Affine(double centre, double scale, boolean clipped) {

  private static final double EPSILON = 1e-12;

  static final Affine IDENTITY = new Affine(0, 1, false);

  /**
   * Median and scaled median absolute deviation of the values, NaN left out.
   *
   * @param rounding applied to every step: Qlib keeps factors in single precision
   */
  static Affine robust(double[] column, boolean clipped, DoubleUnaryOperator rounding) {
    double[] present = ColumnMath.present(column);
    double centre = rounding.applyAsDouble(ColumnMath.median(present));
    double[] deviations =
        Arrays.stream(present).map(x -> rounding.applyAsDouble(Math.abs(x - centre))).toArray();
    double mad = rounding.applyAsDouble(ColumnMath.median(deviations));
    double floor = rounding.applyAsDouble(mad + EPSILON);
    double scale =
        rounding.applyAsDouble(floor * rounding.applyAsDouble(ColumnMath.MAD_TO_DEVIATION));
    return new Affine(centre, scale, clipped);
  }

  /** Mean and standard deviation with ddof 0; a constant column stays as it is. */
  static Affine standard(double[] column) {
    double[] present = ColumnMath.present(column);
    if (present.length > 0 && ColumnMath.isConstant(present)) {
      return IDENTITY;
    }
    Moments moments = Moments.of(present, 0);
    return new Affine(moments.mean(), moments.deviation(), false);
  }

  /** Least and greatest value become 0 and 1; a constant column stays as it is. */
  static Affine minMax(double[] column) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (double value : ColumnMath.present(column)) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (least > greatest) {
      return new Affine(Double.NaN, Double.NaN, false);
    }
    return least == greatest ? IDENTITY : new Affine(least, greatest - least, false);
  }

  /** Each step in single precision, as Qlib. */
  float apply(float value) {
    float scaled = (value - (float) centre) / (float) scale;
    return clipped ? (float) ColumnMath.clip(scaled) : scaled;
  }
}
