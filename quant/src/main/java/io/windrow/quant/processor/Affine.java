package io.windrow.quant.processor;

/**
 * What a fitted normalisation does to one column: (x - centre) / scale, maybe cut to [-3, 3].
 *
 * @param centre is subtracted
 * @param scale divides
 * @param clipped whether the result is cut
 */
record Affine(double centre, double scale, boolean clipped) {

  static final Affine IDENTITY = new Affine(0, 1, false);

  /** Median and scaled median absolute deviation of the values, NaN left out. */
  static Affine robust(double[] column, boolean clipped) {
    double[] present = ColumnMath.present(column);
    double centre = ColumnMath.median(present);
    double mad = ColumnMath.median(ColumnMath.deviations(present, centre));
    return new Affine(centre, (mad + 1e-12) * ColumnMath.MAD_TO_DEVIATION, clipped);
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

  double apply(double value) {
    double scaled = (value - centre) / scale;
    return clipped ? ColumnMath.clip(scaled) : scaled;
  }
}
