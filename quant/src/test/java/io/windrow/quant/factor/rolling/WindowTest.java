package io.windrow.quant.factor.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels against plain computations over each window. */
class WindowTest {

  private static final int DAYS = 400;

  /** Prices that fall by orders of magnitude, with gaps, ties and an infinity. */
  private static double[] series(long seed) {
    Random random = new Random(seed);
    double[] series = new double[DAYS];
    double price = 500;
    for (int day = 0; day < DAYS; day++) {
      price *= Math.exp(0.05 * random.nextGaussian() - 0.01);
      series[day] = random.nextInt(10) == 0 ? Double.NaN : Math.rint(price * 20) / 20;
    }
    return series;
  }

  private static double[] window(double[] series, int day, int n) {
    return Arrays.copyOfRange(series, n == 0 ? 0 : Math.max(0, day - n + 1), day + 1);
  }

  private static double[] finite(double[] window) {
    return DoubleStream.of(window).filter(Double::isFinite).toArray();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).sum() / values.length;
  }

  private static double product(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum;
  }

  private static void same(double actual, double expected, int day) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as("day %d", day).isNaN();
    } else {
      assertThat(actual)
          .as("day %d", day)
          .isCloseTo(expected, offset(1e-9 * Math.max(1, Math.abs(expected))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 60, 1000})
  void sums_and_moments_are_those_of_the_finite_values(int n) {
    double[] series = series(1);
    series[17] = Double.POSITIVE_INFINITY;
    WindowSum sum = WindowSum.of(series, n);
    WindowMoments moments = WindowMoments.of(series, n);
    for (int day = 0; day < DAYS; day++) {
      double[] values = finite(window(series, day, n));
      int count = values.length;
      assertThat(sum.count(day)).isEqualTo(count);
      assertThat(moments.count(day)).isEqualTo(count);
      same(sum.sum(day), count == 0 ? Double.NaN : DoubleStream.of(values).sum(), day);
      same(sum.mean(day), mean(values), day);
      same(moments.mean(day), mean(values), day);
      double variance = count < 2 ? Double.NaN : product(values, values) / (count - 1);
      same(moments.variance(day), variance, day);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 60, 1000})
  void regression_is_least_squares_over_the_days_with_a_value(int n) {
    double[] series = series(2);
    WindowRegression regression = WindowRegression.of(series, n);
    for (int day = 0; day < DAYS; day++) {
      double[] window = window(series, day, n);
      double[] y = finite(window);
      double[] x = new double[y.length];
      int place = 0;
      for (int i = 0; i < window.length; i++) {
        if (Double.isFinite(window[i])) {
          x[place++] = i + 1;
        }
      }
      double slope = y.length < 2 ? Double.NaN : product(x, y) / product(x, x);
      double fit = mean(y) + slope * (window.length - mean(x));
      double square = product(x, y) * product(x, y) / product(x, x) / product(y, y);
      same(regression.slope(day), slope, day);
      same(regression.residual(day), series[day] - fit, day);
      same(regression.rsquare(day), y.length < 2 ? Double.NaN : square, day);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 60})
  void correlation_takes_the_days_on_which_both_have_a_value(int n) {
    double[] left = series(3);
    double[] right = series(4);
    WindowCorrelation correlation = WindowCorrelation.of(left, right, n);
    WindowCoMoments moments = WindowCoMoments.of(left, right, n);
    for (int day = 0; day < DAYS; day++) {
      double[] x = window(left, day, n);
      double[] y = window(right, day, n);
      for (int i = 0; i < x.length; i++) {
        if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
          x[i] = Double.NaN;
          y[i] = Double.NaN;
        }
      }
      x = finite(x);
      y = finite(y);
      double covariance = x.length < 2 ? Double.NaN : product(x, y) / (x.length - 1);
      double root = Math.sqrt(product(x, x) * product(y, y));
      same(moments.covariance(day), covariance, day);
      if (root > 1e-3) {
        same(correlation.correlation(day), product(x, y) / root, day);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 20, 1000})
  void extremes_are_the_first_of_equals_and_a_gap_takes_the_place(int n) {
    double[] series = series(5);
    WindowExtreme max = WindowExtreme.max(series, n);
    WindowExtreme min = WindowExtreme.min(series, n);
    for (int day = 0; day < DAYS; day++) {
      double[] window = window(series, day, n);
      double[] values = finite(window);
      double top = DoubleStream.of(values).max().orElse(Double.NaN);
      double bottom = DoubleStream.of(values).min().orElse(Double.NaN);
      same(max.value(day), top, day);
      same(min.value(day), bottom, day);
      same(max.position(day), position(window, top), day);
      same(min.position(day), position(window, bottom), day);
    }
  }

  private static double position(double[] window, double extreme) {
    if (Double.isNaN(extreme)) {
      return Double.NaN;
    }
    int place = 0;
    while (!Double.isNaN(window[place])) {
      place++;
      if (place == window.length) {
        place = 0;
        while (window[place] != extreme) {
          place++;
        }
        break;
      }
    }
    return place + 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 20, 1000})
  void ranks_and_quantiles_are_those_of_the_sorted_values(int n) {
    double[] series = series(6);
    SortedWindow sorted = new SortedWindow(series, n);
    for (int day = 0; day < DAYS; day++) {
      sorted.advance();
      double today = series[day];
      double[] values = finite(window(series, day, n));
      Arrays.sort(values);
      long below = DoubleStream.of(values).filter(value -> value < today).count();
      long equal = DoubleStream.of(values).filter(value -> value == today).count();
      double rank = (below + (equal + 1) / 2.0) / values.length;
      same(sorted.rank(), Double.isNaN(today) ? Double.NaN : rank, day);
      if (values.length == 0) {
        assertThat(sorted.quantile(0.8)).isNaN();
      } else {
        double place = 0.8 * (values.length - 1);
        double low = values[(int) place];
        double high = values[(int) Math.ceil(place)];
        same(sorted.quantile(0.8), low + (high - low) * (place - Math.floor(place)), day);
      }
    }
  }

  @Test
  void a_constant_window_has_no_spread_slope_or_residual_and_no_r_square() {
    double[] series = new double[100];
    Arrays.fill(series, 0.1);
    series[3] = 1e9;
    WindowMoments moments = WindowMoments.of(series, 7);
    WindowRegression regression = WindowRegression.of(series, 7);
    WindowCorrelation correlation = WindowCorrelation.of(series, series, 7);
    for (int day = 10; day < 100; day++) {
      assertThat(moments.variance(day)).isZero();
      assertThat(regression.slope(day)).isZero();
      assertThat(regression.residual(day)).isZero();
      assertThat(regression.rsquare(day)).isNaN();
      assertThat(correlation.correlation(day)).isNaN();
    }
  }

  @Test
  void an_infinite_value_spoils_a_regression_for_good() {
    double[] series = series(7);
    series[50] = Double.POSITIVE_INFINITY;
    WindowRegression regression = WindowRegression.of(series, 5);
    assertThat(regression.slope(49)).isFinite();
    assertThat(regression.slope(50)).isNaN();
    assertThat(regression.slope(DAYS - 1)).isNaN();
    assertThat(regression.rsquare(DAYS - 1)).isNaN();
    assertThat(regression.residual(DAYS - 1)).isNaN();
  }
}
