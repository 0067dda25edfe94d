package io.windrow.quant.factor.expression;

import java.util.Set;

/**
 * The value of another day (Ref), or today's value less it (Delta).
 *
 * @param days how many days ago, negative for ahead; 0 means the first day of the loaded range
 */
record Shifted(Daily of, int days, boolean difference) implements Node.Daily {

  @Override
  public Column evaluate(Fields fields) {
    Column column = of.evaluate(fields);
    double[] result = new double[column.values().length];
    for (int i = 0; i < result.length; i++) {
      double other = column.at(days == 0 ? column.start() : column.start() + i - days);
      double value = difference ? column.values()[i] - other : other;
      result[i] = single() ? (float) value : value;
    }
    return new Column(column.start(), result);
  }

  @Override
  public boolean single() {
    return of.single();
  }

  @Override
  public Extent extent() {
    // Qlib counts Delta as a window, so that it loads one day less than it looks back.
    return difference ? of.extent().window(days) : of.extent().shift(days);
  }

  @Override
  public void collectFields(Set<String> names) {
    of.collectFields(names);
  }
}
