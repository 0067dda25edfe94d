package io.windrow.quant.factor.rolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.windrow.quant.Golden;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The kernels where rounding or an extreme could hurt. */
class WindowTest {

  private static final JsonNode SHAPE = Golden.json("shape.json");

  private static double[] numbers(JsonNode array) {
    return array.valueStream().mapToDouble(Golden::number).toArray();
  }

  private static void same(double[] actual, double[] expected, double precision, String what) {
    for (int day = 0; day < expected.length; day++) {
      if (Double.isNaN(expected[day])) {
        assertThat(actual[day]).as("%s, day %d", what, day).isNaN();
      } else {
        double most = precision * Math.max(1, Math.abs(expected[day]));
        assertThat(actual[day]).as("%s, day %d", what, day).isCloseTo(expected[day], offset(most));
      }
    }
  }

  /** pandas adds and subtracts powers, so far from zero it has only some digits. */
  @Test
  void skewness_and_kurtosis_are_those_of_pandas() {
    for (JsonNode window : SHAPE.get("windows")) {
      String name = window.get("series").stringValue();
      String what = name + ", " + window.get("n");
      double precision = name.equals("heavy tails") ? 1e-4 : 1e-6;
      double[] series = numbers(SHAPE.get("series").get(name));
      WindowShape shape = WindowShape.of(series, new Window(window.get("n").intValue(), 0));
      same(shape.skewness(), numbers(window.get("skew")), precision, "skew of " + what);
      same(shape.kurtosis(), numbers(window.get("kurt")), precision, "kurt of " + what);
    }
    assertThat(SHAPE.get("windows").size()).isEqualTo(24);
  }

  @Test
  void a_far_away_mean_costs_no_digits_and_nothing_drifts() {
    Random random = new Random(5);
    double[] near = new double[5000];
    Arrays.setAll(near, day -> Math.rint(random.nextGaussian() * 64) / 64);
    double[] far = Arrays.stream(near).map(value -> value + (1L << 20)).toArray();
    Window window = new Window(20, 0);
    same(
        WindowShape.of(far, window).kurtosis(),
        WindowShape.of(near, window).kurtosis(),
        1e-8,
        "kurtosis");
    same(
        WindowMoments.of(far, window).variance(),
        WindowMoments.of(near, window).variance(),
        1e-8,
        "variance");
    same(
        WindowDeviation.of(far, new Window(1000, 0)),
        WindowDeviation.of(near, new Window(1000, 0)),
        1e-8,
        "deviation");
    // A value that dwarfs the rest is forgotten with its last window.
    double[] spiked = near.clone();
    spiked[100] = 1e18;
    for (double[][] pair :
        new double[][][] {
          {WindowSum.of(spiked, window).sum(), WindowSum.of(near, window).sum()},
          {WindowMoments.of(spiked, window).variance(), WindowMoments.of(near, window).variance()},
          {WindowShape.of(spiked, window).skewness(), WindowShape.of(near, window).skewness()}
        }) {
      assertThat(Arrays.copyOfRange(pair[0], 120, 5000))
          .isEqualTo(Arrays.copyOfRange(pair[1], 120, 5000));
    }
  }

  @Test
  void a_constant_window_has_no_spread_slope_or_residual_and_no_r_square() {
    double[] series = new double[100];
    Arrays.fill(series, 0.1);
    series[3] = 1e9;
    Window window = new Window(7, 0);
    double[] variance = WindowMoments.of(series, window).variance();
    double[] skewness = WindowShape.of(series, window).skewness();
    double[] kurtosis = WindowShape.of(series, window).kurtosis();
    WindowRegression regression = WindowRegression.of(series, window);
    double[] correlation = WindowCorrelation.of(series, series, window);
    for (int day = 10; day < 100; day++) {
      assertThat(variance[day]).isZero();
      assertThat(skewness[day]).isZero();
      assertThat(kurtosis[day]).isEqualTo(-3);
      assertThat(regression.slope()[day]).isZero();
      assertThat(regression.residual()[day]).isZero();
      assertThat(regression.rsquare()[day]).isNaN();
      assertThat(correlation[day]).isNaN();
    }
  }

  @Test
  void windows_of_every_length_and_start_hold_their_days() {
    double[] ones = new double[70];
    Arrays.fill(ones, 1);
    for (int n = 0; n < 75; n++) {
      for (int start = 0; start < 75; start++) {
        Window window = new Window(n, start);
        double[] sums = WindowSum.of(ones, window).sum();
        for (int day = 0; day < ones.length; day++) {
          assertThat(sums[day]).isEqualTo(day - window.first(day) + 1);
        }
      }
    }
  }

  @Test
  void long_windows_have_the_ranks_and_quantiles_of_short_ones() {
    Random random = new Random(6);
    double[] series = new double[3000];
    Arrays.setAll(series, day -> random.nextInt(9) == 0 ? Double.NaN : random.nextInt(500) / 8.0);
    Window window = new Window(1200, 0);
    double[] levels = {0.2, 0.8};
    WindowOrder tree = WindowOrder.of(series, window, levels);
    WindowOrder array = WindowOrder.of(series, window, levels, new SortedArray(series, 1200));
    assertThat(tree.rank()).isEqualTo(array.rank());
    assertThat(tree.quantile(0.2)).isEqualTo(array.quantile(0.2));
    assertThat(tree.quantile(0.8)).isEqualTo(array.quantile(0.8));
  }

  @Test
  void negative_lengths_and_unequal_pairs_are_refused() {
    assertThatThrownBy(() -> new Window(-1, 0)).hasMessageContaining("-1 days");
    assertThatThrownBy(() -> WindowCoMoments.of(new double[3], new double[4], new Window(2, 0)))
        .hasMessageContaining("3 values do not pair with 4");
  }
}
