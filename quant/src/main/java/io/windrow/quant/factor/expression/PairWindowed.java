package io.windrow.quant.factor.expression;

import java.util.Set;

/** A statistic of two series over a window that ends today. */
record PairWindowed(Daily left, Daily right, int days, Statistic statistic) implements Node.Daily {

  /** Computes all days at once. */
  @FunctionalInterface
  interface Statistic {

    /**
     * All days of two series.
     *
     * @param n length of the window in days, 0 for all days so far
     */
    double[] apply(double[] left, double[] right, int n);
  }

  @Override
  public Column evaluate(Fields fields) {
    Column x = left.evaluate(fields);
    Column y = right.evaluate(fields);
    if (x.isEmpty() && y.isEmpty()) {
      return Column.EMPTY;
    }
    int start = x.isEmpty() ? y.start() : y.isEmpty() ? x.start() : Math.min(x.start(), y.start());
    int end = Math.max(x.end(), y.end());
    return new Column(start, statistic.apply(x.between(start, end), y.between(start, end), days));
  }

  @Override
  public boolean single() {
    return false;
  }

  @Override
  public Extent extent() {
    return left.extent().union(right.extent()).window(days);
  }

  @Override
  public void collectFields(Set<String> names) {
    left.collectFields(names);
    right.collectFields(names);
  }
}
