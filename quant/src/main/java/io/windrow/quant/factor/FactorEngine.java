package io.windrow.quant.factor;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.parallel.ParallelLoop;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Computes factors for the instruments and days of a universe. Safe for use by several threads. */
public final class FactorEngine {

  private final ParallelLoop loop;

  /**
   * An engine that may use several threads.
   *
   * @param threads how many instruments are computed at a time
   */
  public FactorEngine(int threads) {
    this.loop = new ParallelLoop(threads);
  }

  /** How this engine shares out its work; others may do theirs in the same way. */
  public ParallelLoop loop() {
    return loop;
  }

  /**
   * Computes a table of the factors.
   *
   * <p>As in Qlib, an instrument has a row on each calendar day from {@code from} to {@code to}
   * that lies in one of its spans and in the days of the files of at least one field that the
   * factors name, whether or not that day's values are NaN. A field without a file is NaN. Values
   * near {@code from} use the days before it, values near {@code to} the days after it, as far as
   * an expression looks back or ahead.
   *
   * @param from first day, need not be a trading day
   * @param to last day, inclusive; days beyond the calendar are ignored
   * @return all symbols of the universe; a column per factor
   * @throws DataException if data is broken, or no trading day lies between from and to
   * @throws io.windrow.quant.factor.expression.ExpressionException if an expression is wrong
   * @throws CancellationException if the thread is interrupted
   */
  public Panel compute(
      DataStore data, Universe universe, FactorSet factors, LocalDate from, LocalDate to) {
    FactorPlan plan = FactorPlan.of(factors);
    DayRange days = days(data.calendar(), from, to);
    int width = factors.names().size();
    int size = universe.members().size();

    InstrumentSeries[] read = new InstrumentSeries[size];
    loop.forEach(
        size,
        () ->
            i ->
                read[i] =
                    InstrumentSeries.read(data, universe.members().get(i).symbol(), plan.fields()));
    List<InstrumentSeries> instruments = Arrays.asList(read);

    PanelRows rows = new PanelRows(data.calendar(), universe, instruments, days, width);
    loop.forEach(days.days(), () -> rows::layOut);
    loop.forEach(
        size,
        () -> {
          FactorPlan.Filler filler = plan.filler(days, rows);
          return i -> {
            if (rows.holds(i)) {
              filler.fill(i, instruments.get(i));
            }
          };
        });
    return rows.panel(factors.names(), universe.symbols());
  }

  private static DayRange days(TradingCalendar calendar, LocalDate from, LocalDate to) {
    int first = calendar.ceiling(from);
    int last = calendar.floor(to);
    if (first > last) {
      throw new DataException(
          "no trading day lies from "
              + from
              + " to "
              + to
              + ": the calendar runs from "
              + calendar.first()
              + " to "
              + calendar.last());
    }
    return new DayRange(first, last);
  }
}
