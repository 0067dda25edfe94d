package io.windrow.quant.factor;

import java.util.Set;

/** A way to compute a factor set, one instrument at a time. Safe for use by several threads. */
interface FactorPlan {

  /** Names of the fields to load. */
  Set<String> fields();

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
    if (factors.expressions().equals(FactorSet.alpha360().expressions())) {
      return new Alpha360Plan();
    }
    ExpressionPlan general = new ExpressionPlan(factors);
    return factors.expressions().equals(FactorSet.alpha158().expressions())
        ? new Alpha158Plan(general)
        : general;
  }
}
