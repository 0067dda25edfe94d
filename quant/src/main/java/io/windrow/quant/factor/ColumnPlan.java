package io.windrow.quant.factor;

/** A plan that computes a factor over all days before the next one. */
interface ColumnPlan extends FactorPlan {

  /**
   * Computes all factors of one instrument.
   *
   * @param days the days wanted
   * @param columns receives for each factor a value per day, NaN where there is none
   */
  void compute(InstrumentSeries instrument, DayRange days, float[][] columns);

  @Override
  default Filler filler(DayRange days, PanelRows rows) {
    float[][] columns = new float[rows.width()][days.days()];
    return (index, instrument) -> {
      compute(instrument, days, columns);
      rows.fill(index, columns);
    };
  }
}
