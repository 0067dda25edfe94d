package io.windrow.quant.factor.rolling;

/**
 * Joint moments of two series in a sliding window, over the days on which both have a finite value.
 * Computed as in {@link WindowMoments}.
 */
public final class WindowCoMoments extends Blocks {

  private final double[] x;
  private final double[] y;
  private final int[] count;
  private final double[] meanX;
  private final double[] meanY;
  private final double[] squaresX;
  private final double[] squaresY;
  private final double[] products;

  private int counted;
  private double averageX;
  private double averageY;
  private double squaredX;
  private double squaredY;
  private double product;

  private WindowCoMoments(double[] x, double[] y) {
    int days = x.length;
    this.x = x;
    this.y = y;
    count = new int[days];
    meanX = new double[days];
    meanY = new double[days];
    squaresX = new double[days];
    squaresY = new double[days];
    products = new double[days];
  }

  public static WindowCoMoments of(double[] x, double[] y, Window window) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(x.length + " values do not pair with " + y.length);
    }
    WindowCoMoments moments = new WindowCoMoments(x, y);
    moments.slide(x.length, window);
    return moments;
  }

  @Override
  void clear() {
    counted = 0;
    averageX = 0;
    averageY = 0;
    squaredX = 0;
    squaredY = 0;
    product = 0;
  }

  @Override
  void add(int day) {
    double valueX = x[day];
    double valueY = y[day];
    if (Window.counts(valueX) && Window.counts(valueY)) {
      counted++;
      double distanceX = valueX - averageX;
      double distanceY = valueY - averageY;
      double share = 1.0 / counted;
      averageX += distanceX * share;
      averageY += distanceY * share;
      double rest = valueY - averageY;
      squaredX += distanceX * (valueX - averageX);
      squaredY += distanceY * rest;
      product += distanceX * rest;
    }
  }

  @Override
  void keep(int day) {
    count[day] = counted;
    meanX[day] = averageX;
    meanY[day] = averageY;
    squaresX[day] = squaredX;
    squaresY[day] = squaredY;
    products[day] = product;
  }

  @Override
  void merge(int day) {
    if (counted == 0) {
      return;
    }
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
  int count(int day) {
    return count[day];
  }

  /** Mean of the first series; 0 if the window holds no pair. */
  double meanX(int day) {
    return meanX[day];
  }

  /** Mean of the second series; 0 if the window holds no pair. */
  double meanY(int day) {
    return meanY[day];
  }

  /** Sum of the products of the distances from both means. */
  double product(int day) {
    return products[day];
  }

  /** Standard deviation (divisor count - 1) of the first series; NaN below two pairs. */
  double deviationX(int day) {
    return count[day] < 2 ? Double.NaN : Math.sqrt(squaresX[day] / (count[day] - 1));
  }

  /** Standard deviation (divisor count - 1) of the second series; NaN below two pairs. */
  double deviationY(int day) {
    return count[day] < 2 ? Double.NaN : Math.sqrt(squaresY[day] / (count[day] - 1));
  }

  /** Pearson's correlation; NaN below two pairs or if a series is constant. */
  double correlation(int day) {
    return count[day] < 2 ? Double.NaN : products[day] / Math.sqrt(squaresX[day] * squaresY[day]);
  }

  /** Slope of the least-squares line of y on x; NaN below two pairs or if x is constant. */
  double slope(int day) {
    return count[day] < 2 ? Double.NaN : products[day] / squaresX[day];
  }

  /** Covariance with divisor count - 1; NaN where the window holds fewer than two pairs. */
  public double[] covariance() {
    double[] result = new double[count.length];
    for (int day = 0; day < result.length; day++) {
      result[day] = count[day] < 2 ? Double.NaN : products[day] / (count[day] - 1);
    }
    return result;
  }
}
