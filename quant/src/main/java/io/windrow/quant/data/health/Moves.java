package io.windrow.quant.data.health;

import io.windrow.quant.data.Series;
import java.util.BitSet;
import java.util.function.DoublePredicate;

/**
 * The bars on which a series moves much.
 *
 * @param bars where
 * @param bar where most, -1 if nowhere
 * @param greatest that move, as a multiple of the value before; 1 if nowhere
 */
record Moves(BitSet bars, int bar, double greatest) {

  /**
   * Finds them. Each value is compared with the last one there was, however long ago; what is not
   * above 0 or infinite is another kind of finding.
   *
   * @param much whether a multiple of the value before is much
   */
  static Moves of(Series series, DoublePredicate much) {
    BitSet bars = new BitSet();
    int bar = -1;
    double greatest = 1;
    double before = Double.NaN;
    for (int i = 0; i < series.values().length; i++) {
      double value = series.values()[i];
      if (!(value > 0) || Double.isInfinite(value)) {
        continue;
      }
      double change = value / before;
      if (much.test(change)) {
        bars.set(series.start() + i);
        if (Math.abs(change - 1) > Math.abs(greatest - 1)) {
          greatest = change;
          bar = series.start() + i;
        }
      }
      before = value;
    }
    return new Moves(bars, bar, greatest);
  }
}
