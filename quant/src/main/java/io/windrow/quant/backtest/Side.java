package io.windrow.quant.backtest;

/** Which way an order goes. */
enum Side {
  BUY,
  SELL
}
