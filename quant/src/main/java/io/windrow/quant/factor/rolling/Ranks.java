package io.windrow.quant.factor.rolling;

import java.util.Arrays;

/**
 * The distinct finite values of a series in order, and which of them each day has.
 *
 * @param of for each day the place of its value, negative if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // made and used inside this package
record Ranks(double[] distinct, int[] of) {

  static Ranks of(double[] series) {
    double[] sorted = Arrays.stream(series).filter(Window::counts).sorted().toArray();
    int size = 0;
    for (double value : sorted) {
      if (size == 0 || sorted[size - 1] != value) {
        sorted[size++] = value + 0.0; // no negative zero: it is equal to zero
      }
    }
    double[] distinct = Arrays.copyOf(sorted, size);
    int[] places = new int[series.length];
    Arrays.setAll(places, day -> Window.counts(series[day]) ? below(distinct, series[day]) : -1);
    return new Ranks(distinct, places);
  }

  /** How many distinct values are smaller. */
  int below(double value) {
    return below(distinct, value);
  }

  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
