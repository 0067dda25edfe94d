package io.windrow.quant.factor.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Every kernel against its definition, on series with gaps, infinities, ties and constant parts.
 */
class WindowPropertiesTest {

  /** A window and two series of the same length. */
  @SuppressWarnings("ArrayRecordComponent") // two of them are never compared
  record Case(double[] x, double[] y, Window window) {}

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<Double> value =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.doubles().between(-100, 100)),
            Tuple.of(4, Arbitraries.integers().between(-2, 2).map(i -> (double) i)),
            Tuple.of(
                2, Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)));
    Arbitrary<Integer> length = Arbitraries.of(0, 1, 2, 3, 5, 7, 20, 60, 150, 1000);
    return Arbitraries.integers()
        .between(0, 80)
        .flatMap(
            days ->
                Combinators.combine(
                        value.array(double[].class).ofSize(days),
                        value.array(double[].class).ofSize(days),
                        length,
                        Arbitraries.integers().between(0, 200))
                    .as((x, y, n, start) -> new Case(x, y, new Window(n, start))));
  }

  private static void same(double[] actual, double[] expected) {
    assertThat(actual).hasSize(expected.length);
    for (int day = 0; day < expected.length; day++) {
      if (Double.isNaN(expected[day])) {
        assertThat(actual[day]).as("day %d", day).isNaN();
      } else {
        assertThat(Math.abs(actual[day] - expected[day]))
            .as("day %d: %s, expected %s", day, actual[day], expected[day])
            .isLessThanOrEqualTo(1e-9 * Math.max(1, Math.abs(expected[day])));
      }
    }
  }

  @Property
  void sums_and_moments(@ForAll("cases") Case c) {
    int n = c.window().days();
    same(WindowSum.of(c.x(), c.window()).sum(), Naive.each(c.x(), n, Naive::sum));
    same(WindowSum.of(c.x(), c.window()).mean(), Naive.each(c.x(), n, Naive::mean));
    same(WindowMoments.of(c.x(), c.window()).variance(), Naive.each(c.x(), n, Naive::variance));
    same(
        WindowMoments.of(c.x(), c.window()).deviation(),
        Naive.each(c.x(), n, window -> Math.sqrt(Naive.variance(window))));
  }

  @Property
  void skewness_and_kurtosis(@ForAll("cases") Case c) {
    int n = c.window().days();
    same(
        WindowShape.of(c.x(), c.window()).skewness(),
        Naive.each(
            c.x(),
            n,
            window -> {
              double count = Naive.finite(window).length;
              double variance = Naive.moment(window, 2) / count;
              double third = Naive.moment(window, 3) / count;
              double root = Math.sqrt(count * (count - 1)) / (count - 2);
              return count < 3
                  ? Double.NaN
                  : variance < 1e-14 ? 0 : root * third / Math.pow(variance, 1.5);
            }));
    same(
        WindowShape.of(c.x(), c.window()).kurtosis(),
        Naive.each(
            c.x(),
            n,
            window -> {
              double count = Naive.finite(window).length;
              double variance = Naive.moment(window, 2) / (count - 1);
              double fourth = Naive.moment(window, 4);
              double whole = count * (count + 1) / ((count - 1) * (count - 2) * (count - 3));
              double less = 3 * (count - 1) * (count - 1) / ((count - 2) * (count - 3));
              return count < 4
                  ? Double.NaN
                  : variance < 1e-14 ? -3 : whole * fourth / (variance * variance) - less;
            }));
  }

  @Property
  void extremes_and_their_places(@ForAll("cases") Case c) {
    int n = c.window().days();
    WindowExtreme max = WindowExtreme.max(c.x(), c.window());
    WindowExtreme min = WindowExtreme.min(c.x(), c.window());
    assertThat(max.value()).isEqualTo(Naive.each(c.x(), n, Naive::max));
    assertThat(min.value()).isEqualTo(Naive.each(c.x(), n, Naive::min));
    assertThat(max.position())
        .isEqualTo(Naive.each(c.x(), n, window -> Naive.position(window, Naive.max(window))));
    assertThat(min.position())
        .isEqualTo(Naive.each(c.x(), n, window -> Naive.position(window, Naive.min(window))));
  }

  @Property
  void ranks_and_quantiles(@ForAll("cases") Case c) {
    int n = c.window().days();
    WindowOrder order = WindowOrder.of(c.x(), c.window(), 0.8, 0, 1, 0.25);
    same(order.rank(), Naive.each(c.x(), n, Naive::rank));
    for (double level : new double[] {0, 0.25, 0.8, 1}) {
      same(order.quantile(level), Naive.each(c.x(), n, window -> Naive.quantile(window, level)));
    }
  }

  @Property
  void array_and_tree_give_the_same_bits(@ForAll("cases") Case c) {
    SortedArray array = new SortedArray(c.x(), c.x().length);
    SortedTree tree = new SortedTree(c.x());
    double[] levels = {0, 0.3, 0.5, 1};
    WindowOrder one = WindowOrder.of(c.x(), c.window(), levels, array);
    WindowOrder other = WindowOrder.of(c.x(), c.window(), levels, tree);
    assertThat(other.rank()).isEqualTo(one.rank());
    for (double level : levels) {
      assertThat(other.quantile(level)).isEqualTo(one.quantile(level));
    }
  }

  @Property
  void mean_absolute_deviation_by_looking_and_by_sums(@ForAll("cases") Case c) {
    double[] expected = Naive.each(c.x(), c.window().days(), Naive::absoluteDeviation);
    same(WindowDeviation.of(c.x(), c.window()), expected);
    same(WindowDeviation.scanned(c.x(), c.window()), expected);
    same(WindowDeviation.summed(c.x(), c.window()), expected);
  }

  @Property
  void lines_until_an_infinite_value(@ForAll("cases") Case c) {
    int n = c.window().days();
    WindowRegression line = WindowRegression.of(c.x(), c.window());
    same(line.weightedMean(), Naive.each(c.x(), n, Naive::weightedMean));
    int spoiled =
        IntStream.range(0, c.x().length)
            .filter(day -> Double.isInfinite(c.x()[day]))
            .findFirst()
            .orElse(c.x().length);
    double[][] expected = new double[3][c.x().length];
    for (int day = 0; day < c.x().length; day++) {
      double[] window = Naive.window(c.x(), day, n);
      double[] exact = Naive.line(window);
      boolean still = n > 0 && Math.sqrt(Naive.variance(window)) <= 2e-5;
      expected[0][day] = day < spoiled ? exact[0] : Double.NaN;
      boolean constant = Naive.max(window) == Naive.min(window);
      expected[1][day] = day < spoiled && !still && !constant ? exact[1] : Double.NaN;
      expected[2][day] = day < spoiled ? exact[2] : Double.NaN;
    }
    same(line.slope(), expected[0]);
    same(line.rsquare(), expected[1]);
    same(line.residual(), expected[2]);
  }

  @Property
  void covariance_and_correlation_of_pairs(@ForAll("cases") Case c) {
    int n = c.window().days();
    double[] covariance = new double[c.x().length];
    double[] correlation = new double[c.x().length];
    for (int day = 0; day < covariance.length; day++) {
      double[] x = Naive.window(c.x(), day, n);
      double[] y = Naive.window(c.y(), day, n);
      boolean still =
          n > 0 && (Math.sqrt(Naive.variance(x)) <= 2e-5 || Math.sqrt(Naive.variance(y)) <= 2e-5);
      for (int i = 0; i < x.length; i++) {
        boolean pair = Double.isFinite(x[i]) && Double.isFinite(y[i]);
        x[i] = pair ? x[i] : Double.NaN;
        y[i] = pair ? y[i] : Double.NaN;
      }
      x = Naive.finite(x);
      y = Naive.finite(y);
      double product = Naive.product(x, y);
      double root = Math.sqrt(Naive.product(x, x) * Naive.product(y, y));
      covariance[day] = x.length < 2 ? Double.NaN : product / (x.length - 1);
      boolean constant = Naive.max(x) == Naive.min(x) || Naive.max(y) == Naive.min(y);
      correlation[day] = x.length < 2 || still || constant ? Double.NaN : product / root;
    }
    same(WindowCoMoments.of(c.x(), c.y(), c.window()).covariance(), covariance);
    same(WindowCorrelation.of(c.x(), c.y(), c.window()), correlation);
  }

  /** What lets expressions share a computation over more days than they would load. */
  @Property
  void equal_windows_give_equal_bits_wherever_the_series_begins(
      @ForAll("cases") Case c, @ForAll @IntRange(min = 0, max = 30) int skipped) {
    int n = c.window().days();
    int first = Math.min(skipped, c.x().length);
    if (n == 0 || n >= WindowDeviation.LONG) {
      return;
    }
    Window later = new Window(n, c.window().start() + first);
    double[] x = Arrays.copyOfRange(c.x(), first, c.x().length);
    double[] y = Arrays.copyOfRange(c.y(), first, c.x().length);
    double[][][] pairs = {
      {WindowSum.of(c.x(), c.window()).sum(), WindowSum.of(x, later).sum()},
      {WindowMoments.of(c.x(), c.window()).deviation(), WindowMoments.of(x, later).deviation()},
      {WindowShape.of(c.x(), c.window()).kurtosis(), WindowShape.of(x, later).kurtosis()},
      {WindowShape.of(c.x(), c.window()).skewness(), WindowShape.of(x, later).skewness()},
      {WindowExtreme.max(c.x(), c.window()).position(), WindowExtreme.max(x, later).position()},
      {WindowOrder.of(c.x(), c.window()).rank(), WindowOrder.of(x, later).rank()},
      {WindowDeviation.of(c.x(), c.window()), WindowDeviation.of(x, later)},
      {
        WindowRegression.of(c.x(), c.window()).weightedMean(),
        WindowRegression.of(x, later).weightedMean()
      },
      {
        WindowCoMoments.of(c.x(), c.y(), c.window()).covariance(),
        WindowCoMoments.of(x, y, later).covariance()
      },
      {WindowCorrelation.of(c.x(), c.y(), c.window()), WindowCorrelation.of(x, y, later)},
    };
    // From here on whole windows lie in the shorter series.
    int complete = Math.min(first + n - 1, c.x().length);
    for (int i = 0; i < pairs.length; i++) {
      double[] whole = Arrays.copyOfRange(pairs[i][0], complete, c.x().length);
      double[] part = Arrays.copyOfRange(pairs[i][1], complete - first, x.length);
      assertThat(part).as("kernel %d", i).isEqualTo(whole);
    }
  }

  @Property
  void exponential_means(@ForAll("cases") Case c) {
    double[] decayed = new double[c.x().length];
    double[] growing = new double[c.x().length];
    for (int day = 0; day < decayed.length; day++) {
      double alpha = 2.0 / (day + 2);
      double sum = 0;
      double weights = 0;
      double grownSum = 0;
      double grownWeights = 0;
      for (int i = 0; i <= day; i++) {
        boolean present = Double.isFinite(c.x()[i]);
        double weight = Math.pow(0.7, day - i);
        double grown = day == 0 ? 1 : Math.pow(1 - alpha, day - i);
        sum += present ? weight * c.x()[i] : 0;
        weights += present ? weight : 0;
        grownSum += present ? grown * c.x()[i] : 0;
        grownWeights += grown;
      }
      decayed[day] = weights == 0 ? Double.NaN : sum / weights;
      boolean any = Naive.finite(Naive.window(c.x(), day, 0)).length > 0;
      growing[day] = any ? grownSum / grownWeights : Double.NaN;
    }
    same(ExponentialMean.of(c.x(), 0.3), decayed);
    same(ExponentialMean.growing(c.x()), growing);
  }
}
