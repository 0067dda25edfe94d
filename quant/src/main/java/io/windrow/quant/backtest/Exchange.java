package io.windrow.quant.backtest;

import org.jspecify.annotations.Nullable;

/** Fills orders at the day's prices, by the rules of Qlib's Exchange. It keeps nothing itself. */
final class Exchange {

  /** A price at or below is no price. */
  private static final double LEAST_PRICE = 1e-8;

  /** Qlib adds it before it rounds down, lest 99.9999 shares become none of a unit of 100. */
  private static final double ROUNDING_SLACK = 0.1;

  private static final double RELATIVE_TOLERANCE = 1e-5;
  private static final double ABSOLUTE_TOLERANCE = 1e-8;

  private final ExchangeSettings.Costs costs;
  private final DayQuotes quotes;
  private final int unit;

  /**
   * An exchange.
   *
   * @param unit shares are traded in multiples of it, 0 for any amount
   */
  Exchange(ExchangeSettings.Costs costs, DayQuotes quotes, int unit) {
    this.costs = costs;
    this.quotes = quotes;
    this.unit = unit;
  }

  /** Whether two amounts count as equal; numpy's {@code isclose}. */
  static boolean sameAmount(double amount, double other) {
    return Math.abs(amount - other) <= ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * Math.abs(other);
  }

  /**
   * Whether an instrument can be traded today.
   *
   * @param side which way; null for both ways
   */
  boolean tradable(int instrument, @Nullable Side side) {
    boolean limited =
        (side != Side.SELL && quotes.buyLimited(instrument))
            || (side != Side.BUY && quotes.sellLimited(instrument));
    return !quotes.suspended(instrument) && !limited;
  }

  /** What a share costs or brings today; the close if there is no such price. */
  double price(int instrument, Side side) {
    double price = side == Side.BUY ? quotes.buyPrice(instrument) : quotes.sellPrice(instrument);
    return price > LEAST_PRICE ? price : quotes.close(instrument);
  }

  /** The largest amount of adjusted shares up to {@code amount} that is whole trade units. */
  double round(int instrument, double amount) {
    if (unit == 0) {
      return amount;
    }
    double factor = quotes.factor(instrument);
    double shares = amount * factor + ROUNDING_SLACK;
    return Math.rint((shares - shares % unit) / unit) * unit / factor;
  }

  /**
   * Fills an order as far as limits, volume, cash and holding allow.
   *
   * @param held adjusted shares of the instrument in the account
   * @param cash in the account
   */
  Trade fill(Order order, double held, double cash) {
    int i = order.instrument();
    if (!tradable(i, order.side())) {
      return Trade.refused(order);
    }
    boolean buy = order.side() == Side.BUY;
    double price = price(i, order.side());
    double wanted = Math.max(0, Math.min(order.amount(), quotes.mostVolume(i, order.side())));
    double rate = (buy ? costs.open() : costs.close()) + impact(i, wanted * price, price);
    double amount =
        buy ? bought(i, wanted, price, rate, cash) : sold(i, wanted, price, rate, held, cash);
    double value = amount * price;
    Trade trade = new Trade(order, amount, price, value, cost(value, rate));
    return trade.dealt() ? trade : new Trade(order, amount, price, value, 0);
  }

  private double cost(double value, double rate) {
    return Math.max(value * rate, costs.least());
  }

  private double impact(int instrument, double value, double price) {
    double whole = quotes.volume(instrument) * price;
    if (Double.isNaN(whole) || whole == 0) {
      return costs.impact();
    }
    double share = value / whole;
    return costs.impact() * share * share;
  }

  private double sold(
      int instrument, double wanted, double price, double rate, double held, double cash) {
    // The last shares may be odd, so a whole holding is not rounded.
    double amount = sameAmount(wanted, held) ? wanted : round(instrument, Math.min(held, wanted));
    double value = amount * price;
    return cash + value < cost(value, rate) ? 0 : amount;
  }

  private double bought(int instrument, double wanted, double price, double rate, double cash) {
    double value = wanted * price;
    double cost = cost(value, rate);
    if (cash < cost) {
      return 0;
    }
    double payable = cash < value + cost ? Math.min(wanted, affordable(price, rate, cash)) : wanted;
    return round(instrument, payable);
  }

  private double affordable(double price, double rate, double cash) {
    if (cash < costs.least()) {
      return 0;
    }
    // Above this much cash the rate costs more than the least cost.
    double critical = costs.least() / rate + costs.least();
    return cash < critical ? (cash - costs.least()) / price : cash / (1 + rate) / price;
  }
}
