package io.windrow.quant.backtest;

/** Cash and positions while a back-test runs, by index of the instrument. */
final class Account {

  private double cash;
  private double turnover;
  private double cost;
  private final boolean[] held;
  private final double[] amounts;
  private final double[] prices;
  private final int[] days;

  Account(double cash, int instruments) {
    this.cash = cash;
    held = new boolean[instruments];
    amounts = new double[instruments];
    prices = new double[instruments];
    days = new int[instruments];
  }

  /** Adds a position that was there before the first day. */
  void open(int instrument, double amount, double price) {
    held[instrument] = true;
    amounts[instrument] = amount;
    prices[instrument] = price;
  }

  /** Books a trade. */
  void apply(Trade trade) {
    if (!trade.dealt()) {
      return;
    }
    int i = trade.order().instrument();
    double amount = trade.value() / trade.price();
    if (trade.order().side() == Side.BUY) {
      if (!held[i]) {
        open(i, 0, trade.price());
        days[i] = 0;
      }
      amounts[i] += amount;
      cash -= trade.value() + trade.cost();
    } else {
      if (Exchange.sameAmount(amounts[i], amount)) {
        held[i] = false;
        amounts[i] = 0;
      } else {
        amounts[i] -= amount;
      }
      cash += trade.value() - trade.cost();
    }
    turnover += trade.value();
    cost += trade.cost();
  }

  /** Ends a day: positions take the day's close, if there is one, and are a day older. */
  void close(DayQuotes quotes) {
    for (int i = 0; i < held.length; i++) {
      if (held[i]) {
        if (!quotes.suspended(i)) {
          prices[i] = quotes.close(i);
        }
        days[i]++;
      }
    }
  }

  /** What is held, at the last known prices. */
  double value() {
    double value = 0;
    for (int i = 0; i < held.length; i++) {
      if (held[i]) {
        value += amounts[i] * prices[i];
      }
    }
    return value;
  }

  int instruments() {
    return held.length;
  }

  boolean holds(int instrument) {
    return held[instrument];
  }

  /** Shares held, 0 if none. */
  double amount(int instrument) {
    return amounts[instrument];
  }

  double price(int instrument) {
    return prices[instrument];
  }

  /** How many closes the position has seen. */
  int days(int instrument) {
    return days[instrument];
  }

  double cash() {
    return cash;
  }

  /** Value of all trades so far. */
  double turnover() {
    return turnover;
  }

  /** Cost of all trades so far. */
  double cost() {
    return cost;
  }
}
