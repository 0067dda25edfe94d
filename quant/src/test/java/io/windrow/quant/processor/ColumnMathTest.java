package io.windrow.quant.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The double kernels against Qlib's outputs. */
class ColumnMathTest {

  private final MicroTable micro = new MicroTable();

  static Stream<Arguments> daily() {
    return Stream.of(
        kernel("ProcessInf", false, ColumnMath::replaceInfinite, 0, 1, 2),
        kernel("CSZScoreNorm(label)", false, ColumnMath::zScore, 2),
        kernel("CSZScoreNorm(feature) on finite", true, ColumnMath::zScore, 0, 1),
        kernel("CSZScoreNorm(feature,robust) on finite", true, ColumnMath::robustZScore, 0, 1),
        kernel("CSRankNorm(label)", false, ColumnMath::rank, 2),
        kernel("CSRankNorm(feature)", false, ColumnMath::rank, 0, 1),
        kernel("CSZFillna(feature) on finite", true, ColumnMath::fillWithMean, 0, 1),
        kernel(
            "TanhProcess on finite",
            true,
            column -> Arrays.setAll(column, i -> TanhProcess.kernel(column[i])),
            0,
            1));
  }

  private static Arguments kernel(
      String name, boolean finite, Consumer<double[]> kernel, Integer... columns) {
    return Arguments.of(name, finite, kernel, columns);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("daily")
  void dailyKernel(String name, boolean finite, Consumer<double[]> kernel, Integer[] columns) {
    for (int day = 0; day < MicroTable.DAYS; day++) {
      for (int column : columns) {
        double[] actual = micro.column(day, column, finite);

        kernel.accept(actual);

        assertThat(actual)
            .usingComparatorWithPrecision(1e-12)
            .containsExactly(micro.expected(name, day, column));
      }
    }
  }

  static Stream<Arguments> fitted() {
    Function<double[], Affine> clipped = column -> Affine.robust(column, true, x -> x);
    Function<double[], Affine> open = column -> Affine.robust(column, false, x -> x);
    Function<double[], Affine> standard = Affine::standard;
    Function<double[], Affine> minMax = Affine::minMax;
    return Stream.of(
        Arguments.of("RobustZScoreNorm(fit 01-02..01-03) on finite", clipped),
        Arguments.of("RobustZScoreNorm_noclip(fit 01-02..01-03) on finite", open),
        Arguments.of("ZScoreNorm(fit 01-02..01-03) on finite", standard),
        Arguments.of("MinMaxNorm(fit 01-02..01-03) on finite", minMax));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fitted")
  void fittedKernel(String name, Function<double[], Affine> fit) {
    for (int column = 0; column < 2; column++) {
      double[] pooled = Arrays.copyOf(micro.column(0, column, true), 10);
      System.arraycopy(micro.column(1, column, true), 0, pooled, 5, 5);
      Affine affine = fit.apply(pooled);
      for (int day = 0; day < MicroTable.DAYS; day++) {
        double[] input = micro.column(day, column, true);
        double[] expected = micro.expected(name, day, column);
        for (int row = 0; row < MicroTable.ROWS; row++) {
          if (Double.isNaN(expected[row])) {
            assertThat(affine.apply((float) input[row])).isNaN();
          } else {
            double scaled = (input[row] - affine.centre()) / affine.scale();
            assertThat(affine.clipped() ? ColumnMath.clip(scaled) : scaled)
                .isCloseTo(expected[row], Offset.offset(1e-12 * (1 + Math.abs(expected[row]))));
            assertThat((double) affine.apply((float) input[row]))
                .isCloseTo(expected[row], Offset.offset(1e-5 * (1 + Math.abs(expected[row]))));
          }
        }
      }
    }
  }

  @Test
  void medianEqualsTheMiddleOfSortedValues() {
    Random random = new Random(7);
    for (int size = 1; size < 200; size++) {
      int range = 1 + random.nextInt(size * 2);
      double[] values = random.ints(size, 0, range).asDoubleStream().toArray();
      double[] sorted = values.clone();
      Arrays.sort(sorted);

      assertThat(ColumnMath.median(values))
          .isEqualTo((sorted[(size - 1) / 2] + sorted[size / 2]) / 2);
    }
    assertThat(ColumnMath.median(new double[0])).isNaN();
  }
}
