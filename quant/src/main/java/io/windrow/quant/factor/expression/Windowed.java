package io.windrow.quant.factor.expression;

import io.windrow.quant.factor.rolling.ExponentialMean;
import java.util.Set;

/** A statistic of one series over a window that ends today. */
record Windowed(Daily of, WindowLength window, Statistic statistic) implements Node.Daily {

  /** Computes all days at once. */
  @FunctionalInterface
  interface Statistic {

    /**
     * All days of a series.
     *
     * @param n length of the window in days, 0 for all days so far
     */
    double[] apply(double[] series, int n);
  }

  @Override
  public Column evaluate(Fields fields) {
    Column column = of.evaluate(fields);
    double[] result =
        window.isDecay()
            ? ExponentialMean.of(column.values(), window.value())
            : statistic.apply(column.values(), window.days());
    return new Column(column.start(), result);
  }

  @Override
  public boolean single() {
    return false;
  }

  @Override
  public Extent extent() {
    return of.extent().window(window.loaded());
  }

  @Override
  public void collectFields(Set<String> names) {
    of.collectFields(names);
  }
}
