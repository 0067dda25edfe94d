package io.windrow.quant.backtest;

import io.windrow.quant.definition.DateRange;
import java.util.List;
import java.util.Map;

/**
 * One back-test.
 *
 * @param days first and last day; an open start is the first day with predictions, an open end the
 *     trading day before the last one with predictions
 * @param cash at the start, more than 0
 * @param opening instruments held at the start
 * @param benchmark symbols whose mean daily change is the benchmark, at least one
 * @param strategy what to buy and sell
 * @param exchange how it is done
 * @param buyFirst whether the day's purchases come before its sales and cannot use their proceeds
 * @param weighting how the indicators of the days are averaged
 */
public record BacktestSettings(
    DateRange days,
    double cash,
    Map<String, Opening> opening,
    List<String> benchmark,
    StrategySettings strategy,
    ExchangeSettings exchange,
    boolean buyFirst,
    Weighting weighting) {

  /**
   * A position at the start.
   *
   * @param amount of adjusted shares, more than 0
   * @param price of a share; NaN for the last close of the 30 days up to the first day
   */
  public record Opening(double amount, double price) {

    public Opening {
      if (!(amount > 0) || price <= 0) {
        throw new IllegalArgumentException(
            "a position needs an amount and a price above 0, not " + amount + " and " + price);
      }
    }
  }

  /** By what the indicators of a day count in the mean over the days. */
  public enum Weighting {
    ORDERS,
    AMOUNT,
    VALUE
  }

  public BacktestSettings {
    opening = Map.copyOf(opening);
    benchmark = List.copyOf(benchmark);
    if (!(cash > 0)) {
      throw new IllegalArgumentException("cash must be more than 0, not " + cash);
    }
    if (benchmark.isEmpty()) {
      throw new IllegalArgumentException("the benchmark needs at least one symbol");
    }
  }

  /** The same back-test over other days. */
  public BacktestSettings over(DateRange other) {
    return new BacktestSettings(
        other, cash, opening, benchmark, strategy, exchange, buyFirst, weighting);
  }
}
