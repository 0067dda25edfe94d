package io.windrow.quant.factor;

import io.windrow.quant.factor.expression.Feature;
import java.util.Set;

/** A way to compute a factor set, one instrument at a time. Safe for use by several threads. */
interface FactorPlan {

  /** What to load: fields of each instrument, and those of certain others. */
  Set<Feature> features();

  /**
   * Makes the work of one thread, with what the thread reuses.
   *
   * @param days the days wanted
   * @param rows where the values go
   */
  Filler filler(DayRange days, PanelRows rows);

  /** Computes an instrument and puts its values into its rows. Used by one thread. */
  @FunctionalInterface
  interface Filler {

    void fill(int index, InstrumentSeries instrument);
  }

  static FactorPlan of(FactorSet factors) {
    return factors.expressions().equals(FactorSet.alpha360().expressions())
        ? new Alpha360Plan()
        : new ExpressionPlan(factors);
  }
}
