package io.windrow.quant.factor.expression;

import io.windrow.quant.factor.rolling.Window;

/**
 * One slide of a window along a series or a pair of them, which gives several statistics.
 *
 * @param <K> what holds the statistics
 */
@FunctionalInterface
interface Pass<K> {

  /**
   * Slides along.
   *
   * @param series one or two, equally long
   * @param levels the levels of the statistics wanted, see {@link Windowed}
   */
  K slide(double[][] series, Window window, double[] levels);

  /** Of one series, without levels. */
  static <K> Pass<K> of(Single<K> pass) {
    return (series, window, levels) -> pass.slide(series[0], window);
  }

  /** Of two series, without levels. */
  static <K> Pass<K> ofPair(Pair<K> pass) {
    return (series, window, levels) -> pass.slide(series[0], series[1], window);
  }

  /** Slides along a series. */
  @FunctionalInterface
  interface Single<K> {
    K slide(double[] series, Window window);
  }

  /** Slides along two series. */
  @FunctionalInterface
  interface Pair<K> {
    K slide(double[] left, double[] right, Window window);
  }
}
