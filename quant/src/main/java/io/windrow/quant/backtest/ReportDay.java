package io.windrow.quant.backtest;

import java.time.LocalDate;

/**
 * A day of a back-test, as a row of Qlib's {@code report_normal}.
 *
 * @param date the day
 * @param account cash and value at the close
 * @param grossReturn growth of the account with the day's cost added back, by the account before
 * @param totalTurnover value of all trades up to now
 * @param turnover value of the day's trades, by the account before
 * @param totalCost of all trades up to now
 * @param cost of the day's trades, by the account before
 * @param value of what is held, at the close
 * @param cash at the close
 * @param bench change of the benchmark
 */
public record ReportDay(
    LocalDate date,
    double account,
    double grossReturn,
    double totalTurnover,
    double turnover,
    double totalCost,
    double cost,
    double value,
    double cash,
    double bench) {}
