package io.windrow.quant.factor;

import io.windrow.quant.factor.expression.Feature;
import java.util.Set;

/** A way to compute a factor set, one instrument at a time. Safe for use by several threads. */
interface FactorPlan {

  /** What to load: fields of each instrument, and those of certain others. */
  Set<Feature> features();

  /**
   * Computes all factors of one instrument.
   *
   * @param days the days wanted
   * @param columns receives for each factor a value per day, NaN where there is none
   */
  void compute(InstrumentSeries instrument, DayRange days, float[][] columns);

  static FactorPlan of(FactorSet factors) {
    return new ExpressionPlan(factors);
  }
}
