package io.windrow.quant.backtest;

/**
 * What became of an order.
 *
 * @param order what was wanted
 * @param amount of adjusted shares that changed hands, maybe 0
 * @param price of a share, NaN if the instrument could not be traded
 * @param value amount by price
 * @param cost commission and slippage in money
 */
record Trade(Order order, double amount, double price, double value, double cost) {

  /** Qlib takes anything below as nothing, so that no empty position is left and no fee is paid. */
  private static final double LEAST_VALUE = 1e-5;

  /** Nothing was traded. */
  static Trade refused(Order order) {
    return new Trade(order, 0, Double.NaN, 0, 0);
  }

  /** Whether anything changed hands. */
  boolean dealt() {
    return value > LEAST_VALUE;
  }

  /** How much of the order was filled, 0 to 1; NaN for an order of nothing. */
  double fillRate() {
    return amount / order.amount();
  }
}
