package io.windrow.quant.backtest;

import com.google.errorprone.annotations.Immutable;

/** When an instrument cannot be bought or sold although it has a price. */
@Immutable
public sealed interface TradeLimit {

  /** There is no such day. */
  record None() implements TradeLimit {}

  /**
   * The day's change of price reaches a limit: nothing is bought at +threshold or above, nothing is
   * sold at -threshold or below.
   *
   * @param threshold a fraction, for example 0.095
   */
  record Change(double threshold) implements TradeLimit {

    public Change {
      if (!(threshold > 0)) {
        throw new IllegalArgumentException("threshold must be more than 0, not " + threshold);
      }
    }
  }

  /**
   * Expressions over the fields say so: any value but 0 and NaN forbids the trade.
   *
   * @param buying forbids to buy
   * @param selling forbids to sell
   */
  record Expressions(String buying, String selling) implements TradeLimit {}
}
