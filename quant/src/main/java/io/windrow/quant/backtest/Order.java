package io.windrow.quant.backtest;

/**
 * What a strategy wants done on one day.
 *
 * @param instrument index of the instrument
 * @param amount of adjusted shares, not negative
 */
record Order(int instrument, Side side, double amount) {}
