package io.windrow.quant.factor.rolling;

/**
 * Skewness and kurtosis of a sliding window, corrected for bias as pandas does; NaN and infinite
 * values are skipped. Central moments of two parts are merged as in Pébay (2008), so neither a far
 * away mean nor what has left the window costs digits.
 */
public final class WindowShape extends Blocks {

  /** Up to this variance (divisor count) pandas calls the values equal but for rounding. */
  private static final double ZERO_VARIANCE = 1e-14;

  private final double[] series;
  private final Moments added = new Moments();
  private final Moments[] windows;

  /** Sums of powers of the distances from the mean. */
  private static final class Moments {

    int count;
    double mean;
    double second;
    double third;
    double fourth;

    void set(int count, double mean, double second, double third, double fourth) {
      this.count = count;
      this.mean = mean;
      this.second = second;
      this.third = third;
      this.fourth = fourth;
    }

    void set(Moments other) {
      set(other.count, other.mean, other.second, other.third, other.fourth);
    }

    void merge(int size, double average, double second2, double third2, double fourth2) {
      double total = count + size;
      double own = count / total;
      double share = size / total;
      double distance = average - mean;
      double square = distance * distance;
      double weight = count * share;
      set(
          count + size,
          count == 0 ? average : mean + distance * share,
          second + second2 + square * weight,
          third
              + third2
              + square * distance * weight * (own - share)
              + 3 * distance * (own * second2 - share * second),
          fourth
              + fourth2
              + square * square * weight * (own * own - own * share + share * share)
              + 6 * square * (own * own * second2 + share * share * second)
              + 4 * distance * (own * third2 - share * third));
    }
  }

  private WindowShape(double[] series) {
    this.series = series;
    windows = new Moments[series.length];
    java.util.Arrays.setAll(windows, day -> new Moments());
  }

  public static WindowShape of(double[] series, Window window) {
    WindowShape shape = new WindowShape(series);
    shape.slide(series.length, window);
    return shape;
  }

  @Override
  void clear() {
    added.set(0, 0, 0, 0, 0);
  }

  @Override
  void add(int day) {
    if (Window.counts(series[day])) {
      added.merge(1, series[day], 0, 0, 0);
    }
  }

  @Override
  void keep(int day) {
    windows[day].set(added);
  }

  @Override
  void merge(int day) {
    if (added.count > 0) {
      windows[day].merge(added.count, added.mean, added.second, added.third, added.fourth);
    }
  }

  /** NaN where the window holds fewer than 3 values or hardly varies; 0 if all are the same. */
  public double[] skewness() {
    double[] result = new double[windows.length];
    for (int day = 0; day < result.length; day++) {
      Moments moments = windows[day];
      double count = moments.count;
      double variance = moments.second / count;
      if (count < 3) {
        result[day] = Double.NaN;
      } else if (variance <= ZERO_VARIANCE) {
        result[day] = moments.second == 0 ? 0 : Double.NaN;
      } else {
        double skewness = moments.third / count / (variance * Math.sqrt(variance));
        result[day] = Math.sqrt(count * (count - 1)) / (count - 2) * skewness;
      }
    }
    return result;
  }

  /**
   * Excess over the normal distribution's; NaN where the window holds fewer than 4 values or hardly
   * varies; -3 if all are the same.
   */
  public double[] kurtosis() {
    double[] result = new double[windows.length];
    for (int day = 0; day < result.length; day++) {
      Moments moments = windows[day];
      double count = moments.count;
      double variance = moments.second / count;
      if (count < 4) {
        result[day] = Double.NaN;
      } else if (variance <= ZERO_VARIANCE) {
        result[day] = moments.second == 0 ? -3 : Double.NaN;
      } else {
        double kurtosis = moments.fourth / count / (variance * variance);
        result[day] =
            ((count * count - 1) * kurtosis - 3 * (count - 1) * (count - 1))
                / ((count - 2) * (count - 3));
      }
    }
    return result;
  }
}
