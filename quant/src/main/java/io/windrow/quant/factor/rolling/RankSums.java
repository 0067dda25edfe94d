package io.windrow.quant.factor.rolling;

/**
 * Counts and sums over the series' distinct values in a segment tree, for sums over all values
 * below one. A change computes the nodes above a value anew from their halves, so nothing drifts.
 */
final class RankSums {

  private final Ranks ranks;

  /** What all values are counted from: a far away mean would cost digits. */
  private final double origin;

  /** Number of leaves, a power of 2; node 1 is the root, the halves of node i are 2i and 2i + 1. */
  private final int leaves;

  private final int[] count;
  private final double[] sum;

  RankSums(double[] series) {
    ranks = Ranks.of(series);
    int size = ranks.distinct().length;
    origin = size == 0 ? 0 : ranks.distinct()[size / 2];
    leaves = Integer.highestOneBit(Math.max(size, 1)) * 2;
    count = new int[2 * leaves];
    sum = new double[2 * leaves];
  }

  /** Takes a day's value in or out, if it has one. */
  void change(int day, int by) {
    int place = ranks.of()[day];
    if (place < 0) {
      return;
    }
    int node = leaves + place;
    count[node] += by;
    sum[node] = count[node] * (ranks.distinct()[place] - origin);
    for (node /= 2; node > 0; node /= 2) {
      count[node] = count[2 * node] + count[2 * node + 1];
      sum[node] = sum[2 * node] + sum[2 * node + 1];
    }
  }

  /** Mean distance from the mean; NaN if there is no value. */
  double deviation() {
    int total = count[1];
    double mean = sum[1] / total;
    int below = 0;
    double sumBelow = 0;
    // Everything left of the way down to the first value above the mean.
    for (int node = leaves + ranks.below(mean + origin); node > 1; node /= 2) {
      if (node % 2 == 1) {
        below += count[node - 1];
        sumBelow += sum[node - 1];
      }
    }
    // The distances below the mean and above it have the same sum.
    return total == 0 ? Double.NaN : 2 * Math.max(0, below * mean - sumBelow) / total;
  }
}
