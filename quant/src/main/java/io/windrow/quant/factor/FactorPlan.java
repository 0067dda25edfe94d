package io.windrow.quant.factor;

import java.util.Set;

/** A way to compute a factor set, one instrument at a time. Safe for use by several threads. */
interface FactorPlan {

  /** Names of the fields to load. */
  Set<String> fields();

  /**
   * Computes all factors of one instrument.
   *
   * @param days the days wanted
   * @param columns receives for each factor a value per day, NaN where there is none
   */
  void compute(InstrumentSeries instrument, DayRange days, float[][] columns);

  static FactorPlan of(FactorSet factors) {
    ExpressionPlan general = new ExpressionPlan(factors);
    return factors.expressions().equals(FactorSet.alpha158().expressions())
        ? new Alpha158Plan(general)
        : general;
  }
}
