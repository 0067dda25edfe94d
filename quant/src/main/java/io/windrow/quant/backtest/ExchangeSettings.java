package io.windrow.quant.backtest;

import io.windrow.quant.definition.DateRange;
import java.util.List;

/**
 * How orders are filled; the arguments of Qlib's Exchange.
 *
 * @param market name of an instrument list, used if there are no symbols
 * @param symbols what can be traded, or empty
 * @param days with prices; an open end is that of the back-test
 * @param buyPrice expression of the price to buy at, for example {@code $close}
 * @param sellPrice expression of the price to sell at
 * @param limit when there is no trade
 * @param buyVolumes expressions of the most that can be bought in a day, in adjusted shares
 * @param sellVolumes expressions of the most that can be sold in a day
 * @param costs what a trade costs
 * @param tradeUnit shares are traded in multiples of it, 0 for any amount
 */
public record ExchangeSettings(
    String market,
    List<String> symbols,
    DateRange days,
    String buyPrice,
    String sellPrice,
    TradeLimit limit,
    List<String> buyVolumes,
    List<String> sellVolumes,
    Costs costs,
    int tradeUnit) {

  /**
   * What a trade costs.
   *
   * @param open rate of a purchase's value
   * @param close rate of a sale's value
   * @param least least cost of a trade, in money
   * @param impact rate at which a trade of the whole day's volume moves the price; it counts with
   *     the square of the trade's share of that volume
   */
  public record Costs(double open, double close, double least, double impact) {

    public Costs {
      if (!(open >= 0 && close >= 0 && least >= 0 && impact >= 0)) {
        throw new IllegalArgumentException(
            "costs must not be negative: " + open + ", " + close + ", " + least + ", " + impact);
      }
    }
  }

  public ExchangeSettings {
    symbols = List.copyOf(symbols);
    buyVolumes = List.copyOf(buyVolumes);
    sellVolumes = List.copyOf(sellVolumes);
    if (tradeUnit < 0) {
      throw new IllegalArgumentException("tradeUnit must not be negative: " + tradeUnit);
    }
  }
}
