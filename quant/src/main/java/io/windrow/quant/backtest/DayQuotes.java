package io.windrow.quant.backtest;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The bars of one day by index of the instrument, shown day after day. They are read where the
 * panel holds them; an instrument without a bar is suspended.
 */
final class DayQuotes {

  private static final int NONE = -1;

  private final ExchangeSettings settings;
  private final Panel panel;
  private final int width;

  /** For each symbol of the panel its index among the instruments. */
  private final int[] instruments;

  /** Where an instrument's row of the day begins, or {@link #NONE}. */
  private final int[] rows;

  private float[] values = {};
  private int next;

  /**
   * The bars of a panel.
   *
   * @param panel with the columns of {@link QuoteColumns}
   * @param indices of all instruments by symbol; those of the panel are among them
   */
  DayQuotes(ExchangeSettings settings, Panel panel, Map<String, Integer> indices) {
    this.settings = settings;
    this.panel = panel;
    this.width = panel.columns().size();
    instruments = panel.symbols().stream().mapToInt(indices::get).toArray();
    rows = new int[indices.size()];
    Arrays.fill(rows, NONE);
  }

  /** Whether every bar with a close has a factor: amounts are rounded only then, as in Qlib. */
  boolean haveFactors() {
    for (CrossSection day : panel.days()) {
      for (int row = 0; row < day.rows(); row++) {
        float close = day.values()[row * width + QuoteColumns.CLOSE];
        if (!Float.isNaN(close) && Float.isNaN(day.values()[row * width + QuoteColumns.FACTOR])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Goes on to a day. Days must come in ascending order. */
  void show(LocalDate date) {
    Arrays.fill(rows, NONE);
    List<CrossSection> days = panel.days();
    while (next < days.size() && days.get(next).date().isBefore(date)) {
      next++;
    }
    if (next < days.size() && days.get(next).date().equals(date)) {
      CrossSection day = days.get(next);
      values = day.values();
      for (int row = 0; row < day.rows(); row++) {
        rows[instruments[day.instruments()[row]]] = row * width;
      }
    }
  }

  boolean suspended(int instrument) {
    return Double.isNaN(close(instrument));
  }

  boolean buyLimited(int instrument) {
    if (settings.limit() instanceof TradeLimit.Change limit) {
      return single(instrument, QuoteColumns.LIMIT) >= (float) limit.threshold();
    }
    return settings.limit() instanceof TradeLimit.Expressions
        && isTrue(single(instrument, QuoteColumns.LIMIT));
  }

  boolean sellLimited(int instrument) {
    if (settings.limit() instanceof TradeLimit.Change limit) {
      return single(instrument, QuoteColumns.LIMIT) <= (float) -limit.threshold();
    }
    return settings.limit() instanceof TradeLimit.Expressions
        && isTrue(single(instrument, QuoteColumns.LIMIT + 1));
  }

  double close(int instrument) {
    return single(instrument, QuoteColumns.CLOSE);
  }

  double buyPrice(int instrument) {
    return single(instrument, QuoteColumns.BUY_PRICE);
  }

  double sellPrice(int instrument) {
    return single(instrument, QuoteColumns.SELL_PRICE);
  }

  double factor(int instrument) {
    return single(instrument, QuoteColumns.FACTOR);
  }

  double volume(int instrument) {
    return single(instrument, QuoteColumns.VOLUME);
  }

  /** The most that can be traded: the least of the limits, 0 where one has no value. */
  double mostVolume(int instrument, Side side) {
    int sells = settings.sellVolumes().size();
    int first = side == Side.SELL ? width - sells : width - sells - settings.buyVolumes().size();
    int end = side == Side.SELL ? width : width - sells;
    double most = Double.POSITIVE_INFINITY;
    for (int column = first; column < end; column++) {
      double limit = single(instrument, column);
      most = Double.isNaN(limit) ? 0 : Math.min(most, limit);
    }
    return most;
  }

  /** Limits are compared in single precision, as pandas does. */
  private float single(int instrument, int column) {
    return rows[instrument] == NONE ? Float.NaN : values[rows[instrument] + column];
  }

  private static boolean isTrue(float value) {
    return value != 0 && !Float.isNaN(value);
  }
}
