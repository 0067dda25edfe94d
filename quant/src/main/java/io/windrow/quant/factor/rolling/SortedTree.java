package io.windrow.quant.factor.rolling;

/**
 * Counts of the series' distinct values in a binary indexed tree (Fenwick, 1994): everything costs
 * the logarithm of their number.
 */
final class SortedTree implements SortedValues {

  private final Ranks ranks;

  /** Node i holds the count of as many values up to place i - 1 as i's lowest bit says. */
  private final int[] tree;

  private final int highestBit;
  private int size;

  SortedTree(double[] series) {
    ranks = Ranks.of(series);
    tree = new int[ranks.distinct().length + 1];
    highestBit = Integer.highestOneBit(ranks.distinct().length);
  }

  @Override
  public void add(int day) {
    change(day, 1);
  }

  @Override
  public void remove(int day) {
    change(day, -1);
  }

  private void change(int day, int by) {
    size += by;
    for (int node = ranks.of()[day] + 1; node < tree.length; node += node & -node) {
      tree[node] += by;
    }
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int below(int day) {
    return first(ranks.of()[day]);
  }

  @Override
  public int upTo(int day) {
    return first(ranks.of()[day] + 1);
  }

  /** Sum of the counts of the first distinct values. */
  private int first(int values) {
    int sum = 0;
    for (int node = values; node > 0; node -= node & -node) {
      sum += tree[node];
    }
    return sum;
  }

  @Override
  public double at(int place) {
    int left = place;
    int node = 0;
    for (int step = highestBit; step > 0; step >>= 1) {
      if (node + step < tree.length && tree[node + step] <= left) {
        node += step;
        left -= tree[node];
      }
    }
    return ranks.distinct()[node];
  }
}
