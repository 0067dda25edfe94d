package io.windrow.quant.factor;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.panel.Panel;
import java.time.LocalDate;

/** Computes factors for the instruments and days of a universe. Safe for use by several threads. */
public final class FactorEngine {

  private final int threads;

  /**
   * @param threads how many instruments are computed at a time
   */
  public FactorEngine(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    this.threads = threads;
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
   * @throws io.windrow.quant.data.DataException if data is broken, or no trading day lies between
   *     from and to
   * @throws ExpressionException if an expression is wrong
   */
  public Panel compute(
      DataStore data, Universe universe, FactorSet factors, LocalDate from, LocalDate to) {
    if (from.isAfter(to)) {
      return new Panel(factors.names(), universe.symbols(), java.util.List.of());
    }
    throw new IllegalStateException("computing with " + threads + " threads lands next");
  }
}
