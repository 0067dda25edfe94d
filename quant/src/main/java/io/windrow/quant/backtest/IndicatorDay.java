package io.windrow.quant.backtest;

import java.time.LocalDate;
import java.util.List;

/**
 * How the orders of a day were filled, as a row of Qlib's {@code indicators_normal}.
 *
 * @param fillRate mean share of an order that was filled ({@code ffr}), NaN without orders
 * @param priceAdvantage mean advantage over the day's own price ({@code pa}): 0, since daily orders
 *     are filled at that very price; NaN without orders
 * @param positiveRate share of orders with an advantage ({@code pos}): 0, or NaN without orders
 * @param amount of shares that changed hands
 * @param value of the trades
 * @param orders how many orders there were
 */
public record IndicatorDay(
    LocalDate date,
    double fillRate,
    double priceAdvantage,
    double positiveRate,
    double amount,
    double value,
    int orders) {

  static IndicatorDay of(LocalDate date, List<Trade> trades) {
    double nothing = trades.isEmpty() ? Double.NaN : 0;
    return new IndicatorDay(
        date,
        trades.stream()
            .mapToDouble(Trade::fillRate)
            .filter(rate -> !Double.isNaN(rate))
            .average()
            .orElse(Double.NaN),
        nothing,
        nothing,
        trades.stream().mapToDouble(Trade::amount).sum(),
        trades.stream().mapToDouble(Trade::value).sum(),
        trades.size());
  }
}
