package io.windrow.quant.backtest;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Exchanges of one day with the bars of instruments A, B, ... */
final class Exchanges {

  static final LocalDate DAY = LocalDate.of(2020, 1, 2);
  static final ExchangeSettings.Costs FREE = new ExchangeSettings.Costs(0, 0, 0, 0);

  private Exchanges() {}

  static ExchangeSettings settings(TradeLimit limit, ExchangeSettings.Costs costs, int unit) {
    return new ExchangeSettings(
        "all",
        List.of(),
        DateRange.ALL,
        "$close",
        "$close",
        limit,
        List.of(),
        List.of(),
        costs,
        unit);
  }

  /**
   * An exchange.
   *
   * @param bars for each instrument the values of the columns that {@link QuoteColumns} names; null
   *     if it has no bar
   */
  static Exchange open(ExchangeSettings settings, float[]... bars) {
    Map<String, Integer> indices = new TreeMap<>();
    List<String> symbols = new ArrayList<>();
    for (int i = 0; i < bars.length; i++) {
      symbols.add(Character.toString('A' + i));
      indices.put(symbols.get(i), i);
    }
    List<String> columns = QuoteColumns.of(settings, true).factors().names();
    int[] present = IntStream.range(0, bars.length).filter(i -> bars[i] != null).toArray();
    float[] values = new float[present.length * columns.size()];
    for (int row = 0; row < present.length; row++) {
      System.arraycopy(bars[present[row]], 0, values, row * columns.size(), columns.size());
    }
    Panel panel = new Panel(columns, symbols, List.of(new CrossSection(DAY, present, values)));
    DayQuotes quotes = new DayQuotes(settings, panel, indices);
    quotes.show(DAY);
    return new Exchange(settings.costs(), quotes, settings.tradeUnit());
  }

  /** A bar without limits that trades at its close. */
  static float[] bar(float close, float factor, float volume) {
    return new float[] {close, close, close, factor, volume};
  }

  /** A bar with the day's change. */
  static float[] bar(float close, float change) {
    return new float[] {close, close, close, 1, 1e6f, change};
  }
}
