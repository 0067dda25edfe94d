package io.windrow.quant.backtest;

import io.windrow.quant.factor.FactorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which expressions an exchange needs, and which column each becomes.
 *
 * @param expressions by column
 */
record QuoteColumns(List<String> expressions) {

  static final int CLOSE = 0;
  static final int BUY_PRICE = 1;
  static final int SELL_PRICE = 2;
  static final int FACTOR = 3;
  static final int VOLUME = 4;

  /** Change of the price, or whether buying is forbidden; there with a limit only. */
  static final int LIMIT = 5;

  private static final String CHANGE = "$close/Ref($close, 1)-1";

  QuoteColumns {
    expressions = List.copyOf(expressions);
  }

  /**
   * The columns of an exchange: the limit's after the fixed ones, then those of the volumes.
   *
   * @param hasChange whether the data has a field of the day's change
   */
  static QuoteColumns of(ExchangeSettings exchange, boolean hasChange) {
    List<String> columns = new ArrayList<>();
    columns.addAll(
        List.of("$close", exchange.buyPrice(), exchange.sellPrice(), "$factor", "$volume"));
    if (exchange.limit() instanceof TradeLimit.Change) {
      columns.add(hasChange ? "$change" : CHANGE);
    } else if (exchange.limit() instanceof TradeLimit.Expressions limit) {
      columns.add(limit.buying());
      columns.add(limit.selling());
    }
    columns.addAll(exchange.buyVolumes());
    columns.addAll(exchange.sellVolumes());
    return new QuoteColumns(columns);
  }

  /** The columns by number, since two may have the same expression. */
  FactorSet factors() {
    return new FactorSet(
        IntStream.range(0, expressions.size()).mapToObj(Integer::toString).toList(), expressions);
  }
}
