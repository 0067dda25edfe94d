package io.windrow.quant.factor.rolling;

/**
 * Joint moments of two series in a sliding window, over the days on which both have a finite value.
 * Computed as in {@link WindowMoments}.
 */
public final class WindowCoMoments {

  private final int[] count;
  private final double[] meanX;
  private final double[] meanY;
  private final double[] squaresX;
  private final double[] squaresY;
  private final double[] products;

  private WindowCoMoments(int days) {
    count = new int[days];
    meanX = new double[days];
    meanY = new double[days];
    squaresX = new double[days];
    squaresY = new double[days];
    products = new double[days];
  }

  /**
   * Slides a window along.
   *
   * @param n length of the window in days, 0 for all days so far
   */
  public static WindowCoMoments of(double[] x, double[] y, int n) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " values do not pair with " + y.length);
    }
    WindowCoMoments windows = new WindowCoMoments(x.length);
    int length = Window.length(n, x.length);
    windows.blockEnds(x, y, length);
    windows.blockBeginnings(x, y, length);
    return windows;
  }

  /** Leaves at each day the moments of that part of its window that lies in the block before. */
  private void blockEnds(double[] x, double[] y, int length) {
    int days = x.length;
    for (int block = 0; block + length < days; block += length) {
      int counted = 0;
      double averageX = 0;
      double averageY = 0;
      double squaredX = 0;
      double squaredY = 0;
      double product = 0;
      for (int i = block + length - 1; i > block; i--) {
        if (Window.counts(x[i]) && Window.counts(y[i])) {
          counted++;
          double distanceX = x[i] - averageX;
          double distanceY = y[i] - averageY;
          double share = 1.0 / counted;
          averageX += distanceX * share;
          averageY += distanceY * share;
          double rest = y[i] - averageY;
          squaredX += distanceX * (x[i] - averageX);
          squaredY += distanceY * rest;
          product += distanceX * rest;
        }
        int day = i + length - 1;
        if (day < days) {
          count[day] = counted;
          meanX[day] = averageX;
          meanY[day] = averageY;
          squaresX[day] = squaredX;
          squaresY[day] = squaredY;
          products[day] = product;
        }
      }
    }
  }

  private void blockBeginnings(double[] x, double[] y, int length) {
    int counted = 0;
    double averageX = 0;
    double averageY = 0;
    double squaredX = 0;
    double squaredY = 0;
    double product = 0;
    int left = length;
    for (int day = 0; day < x.length; day++) {
      if (left == 0) {
        counted = 0;
        averageX = 0;
        averageY = 0;
        squaredX = 0;
        squaredY = 0;
        product = 0;
        left = length;
      }
      left--;
      if (Window.counts(x[day]) && Window.counts(y[day])) {
        counted++;
        double distanceX = x[day] - averageX;
        double distanceY = y[day] - averageY;
        double share = 1.0 / counted;
        averageX += distanceX * share;
        averageY += distanceY * share;
        double rest = y[day] - averageY;
        squaredX += distanceX * (x[day] - averageX);
        squaredY += distanceY * rest;
        product += distanceX * rest;
      }
      if (counted > 0) {
        merge(day, counted, averageX, averageY, squaredX, squaredY, product);
      }
    }
  }

  private void merge(
      int day,
      int counted,
      double averageX,
      double averageY,
      double squaredX,
      double squaredY,
      double product) {
    int before = count[day];
    int total = before + counted;
    double share = (double) counted / total;
    double distanceX = averageX - meanX[day];
    double distanceY = averageY - meanY[day];
    double weight = before * share;
    count[day] = total;
    meanX[day] = before == 0 ? averageX : meanX[day] + distanceX * share;
    meanY[day] = before == 0 ? averageY : meanY[day] + distanceY * share;
    squaresX[day] += squaredX + distanceX * distanceX * weight;
    squaresY[day] += squaredY + distanceY * distanceY * weight;
    products[day] += product + distanceX * distanceY * weight;
  }

  /** How many pairs the window of that day holds. */
  public int count(int day) {
    return count[day];
  }

  /** Mean of the second series; NaN if the window holds no pair. */
  public double meanY(int day) {
    return count[day] == 0 ? Double.NaN : meanY[day];
  }

  /** Standard deviation (divisor count - 1) of the first series; NaN below two pairs. */
  public double deviationX(int day) {
    return count[day] < 2 ? Double.NaN : Math.sqrt(squaresX[day] / (count[day] - 1));
  }

  /** Standard deviation (divisor count - 1) of the second series; NaN below two pairs. */
  public double deviationY(int day) {
    return count[day] < 2 ? Double.NaN : Math.sqrt(squaresY[day] / (count[day] - 1));
  }

  /** Covariance with divisor count - 1; NaN below two pairs. */
  public double covariance(int day) {
    return count[day] < 2 ? Double.NaN : products[day] / (count[day] - 1);
  }

  /** Pearson's correlation; NaN below two pairs or if a series is constant. */
  public double correlation(int day) {
    return count[day] < 2 ? Double.NaN : products[day] / Math.sqrt(squaresX[day] * squaresY[day]);
  }

  /** Slope of the least-squares line of y on x; NaN below two pairs or if x is constant. */
  public double slope(int day) {
    return count[day] < 2 ? Double.NaN : products[day] / squaresX[day];
  }

  /** Value at {@code x} of the least-squares line of y on x. */
  public double fit(int day, double x) {
    return meanY[day] + slope(day) * (x - meanX[day]);
  }
}
