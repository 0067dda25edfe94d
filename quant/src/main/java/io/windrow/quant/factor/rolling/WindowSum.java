package io.windrow.quant.factor.rolling;

/** Sum and mean of a sliding window; NaN and infinite values are skipped. */
public final class WindowSum extends Blocks {

  private final double[] series;
  private final int[] count;
  private final double[] sum;

  private int counted;
  private double total;

  private WindowSum(double[] series) {
    this.series = series;
    count = new int[series.length];
    sum = new double[series.length];
  }

  public static WindowSum of(double[] series, Window window) {
    WindowSum sums = new WindowSum(series);
    sums.slide(series.length, window);
    return sums;
  }

  @Override
  void clear() {
    counted = 0;
    total = 0;
  }

  @Override
  void add(int day) {
    if (Window.counts(series[day])) {
      counted++;
      total += series[day];
    }
  }

  @Override
  void keep(int day) {
    count[day] = counted;
    sum[day] = total;
  }

  @Override
  void merge(int day) {
    count[day] += counted;
    sum[day] += total;
  }

  /** NaN where the window holds no value. */
  public double[] sum() {
    double[] result = new double[count.length];
    for (int day = 0; day < result.length; day++) {
      result[day] = count[day] == 0 ? Double.NaN : sum[day];
    }
    return result;
  }

  /** NaN where the window holds no value. */
  public double[] mean() {
    double[] result = new double[count.length];
    for (int day = 0; day < result.length; day++) {
      result[day] = sum[day] / count[day];
    }
    return result;
  }
}
