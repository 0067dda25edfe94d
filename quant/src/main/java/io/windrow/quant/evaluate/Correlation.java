package io.windrow.quant.evaluate;

import java.util.Arrays;

/** Correlation of two columns, as pandas computes it: pairs with a NaN are left out. */
public final class Correlation {

  private Correlation() {}

  /** Pearson's correlation; NaN with fewer than two pairs or if a side is constant. */
  public static double pearson(double[] left, double[] right) {
    double[][] pairs = complete(left, right);
    return ofComplete(pairs[0], pairs[1]);
  }

  /** Spearman's rank correlation, ties share their average rank. */
  public static double spearman(double[] left, double[] right) {
    double[][] pairs = complete(left, right);
    return ofComplete(averageRanks(pairs[0]), averageRanks(pairs[1]));
  }

  /** Ranks from 1; equal values share the average of their places. NaN is not allowed. */
  public static double[] averageRanks(double[] values) {
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      // Adding 0.0 makes the two zeros equal, as they are to pandas.
      sorted[i] = values[i] + 0.0;
    }
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = countBelow(sorted, values[i], false);
      boolean tied = below + 1 < sorted.length && sorted[below + 1] == values[i];
      int upTo = tied ? countBelow(sorted, values[i], true) : below + 1;
      ranks[i] = (below + 1 + upTo) / 2.0;
    }
    return ranks;
  }

  private static int countBelow(double[] sorted, double value, boolean inclusive) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || (inclusive && sorted[middle] == value)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[][] complete(double[] left, double[] right) {
    if (left.length != right.length) {
      throw new IllegalArgumentException(
          "columns of different length: " + left.length + " and " + right.length);
    }
    double[] x = new double[left.length];
    double[] y = new double[left.length];
    int count = 0;
    for (int i = 0; i < left.length; i++) {
      if (!Double.isNaN(left[i]) && !Double.isNaN(right[i])) {
        x[count] = left[i];
        y[count++] = right[i];
      }
    }
    return new double[][] {Arrays.copyOf(x, count), Arrays.copyOf(y, count)};
  }

  private static double ofComplete(double[] x, double[] y) {
    // Rounding gives a constant column a tiny variance, so ask for it directly.
    if (x.length < 2 || isConstant(x) || isConstant(y)) {
      return Double.NaN;
    }
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      double dx = x[i] - meanX;
      double dy = y[i] - meanY;
      xx += dx * dx;
      yy += dy * dy;
      xy += dx * dy;
    }
    return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
