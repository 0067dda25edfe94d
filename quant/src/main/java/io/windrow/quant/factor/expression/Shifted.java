package io.windrow.quant.factor.expression;

import java.util.Arrays;
import java.util.List;

/**
 * The value of another day (Ref), or today's value less it (Delta).
 *
 * @param days how many days ago, negative for ahead; 0 means the first day of the loaded range
 */
record Shifted(Daily of, int days, boolean difference) implements Node.Daily {

  private record Operation(int days, boolean difference) {}

  Column compute(Column column) {
    double[] values = column.values();
    double[] result = new double[values.length];
    if (days == 0) {
      Arrays.fill(result, column.at(column.start()));
    } else {
      int kept = Math.max(0, values.length - Math.abs(days));
      int from = days > 0 ? result.length - kept : 0;
      Arrays.fill(result, Double.NaN);
      System.arraycopy(values, days > 0 ? 0 : values.length - kept, result, from, kept);
    }
    if (difference) {
      boolean single = precision() == Precision.SINGLE;
      for (int i = 0; i < result.length; i++) {
        double value = values[i] - result[i];
        result[i] = single ? (float) value : value;
      }
    }
    return new Column(column.start(), result);
  }

  @Override
  public List<Daily> inputs() {
    return List.of(of);
  }

  @Override
  public Object operation() {
    return new Operation(days, difference);
  }

  @Override
  public Precision precision() {
    return difference ? of.precision().arithmetic() : of.precision();
  }

  @Override
  public Extent extent() {
    // Qlib counts Delta as a window, so that it loads one day less than it looks back.
    return difference ? of.extent().window(days) : of.extent().shift(days);
  }

  @Override
  public Reach reach() {
    Reach today = of.reach();
    Reach other = days == 0 ? today.ever() : today.shift(days);
    return difference ? today.union(other) : other;
  }

  @Override
  public boolean settled() {
    return days != 0 && !difference && of.settled();
  }

  @Override
  public Daily on(String instrument) {
    return new Shifted(of.on(instrument), days, difference);
  }

  @Override
  public String toString() {
    return (difference ? "Delta(" : "Ref(") + of + "," + days + ")";
  }
}
