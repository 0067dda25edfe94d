/** Trades predictions on past days: strategy, exchange, account, report and its analysis. */
@NullMarked
package io.windrow.quant.backtest;

import org.jspecify.annotations.NullMarked;
