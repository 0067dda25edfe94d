package io.windrow.quant.factor;

import io.windrow.quant.factor.expression.Column;
import java.util.List;
import java.util.Set;

/**
 * Computes Alpha158 in one go: what several of its expressions have in common is computed once. The
 * results are those of {@link ExpressionPlan}, which a test compares.
 */
final class Alpha158Plan implements ColumnPlan {

  /** The longest window is 60 days; ROC60 and the change 60 days ago look back one day more. */
  private static final int LOOK_BACK = 60;

  private static final List<String> BAR = List.of("open", "high", "low", "close", "volume");

  private final ColumnPlan general;

  /**
   * @param general computes instruments whose fields do not cover the same days
   */
  Alpha158Plan(ColumnPlan general) {
    this.general = general;
  }

  @Override
  public Set<String> fields() {
    return general.fields();
  }

  @Override
  public void compute(InstrumentSeries instrument, DayRange days, float[][] columns) {
    DayRange loaded = days.widen(LOOK_BACK, 0);
    List<Column> bar = BAR.stream().map(field -> instrument.field(field, loaded)).toList();
    Column close = bar.get(3);
    boolean sameDays =
        bar.stream().allMatch(c -> c.start() == close.start() && c.end() == close.end());
    if (!sameDays || close.end() <= days.first()) {
      general.compute(instrument, days, columns);
      return;
    }
    new Alpha158Columns(bar, instrument.field("vwap", loaded), days, columns).compute();
  }
}
