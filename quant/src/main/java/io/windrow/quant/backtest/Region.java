package io.windrow.quant.backtest;

import java.util.Locale;

/** What an exchange of a region has unless it is told otherwise; Qlib's {@code region}. */
public enum Region {
  CN(100, new TradeLimit.Change(0.095)),
  US(1, new TradeLimit.None()),
  TW(1000, new TradeLimit.Change(0.1));

  private final int tradeUnit;
  private final TradeLimit limit;

  Region(int tradeUnit, TradeLimit limit) {
    this.tradeUnit = tradeUnit;
    this.limit = limit;
  }

  /** The region of that name; China, Qlib's default, for any other. */
  public static Region of(String name) {
    for (Region region : values()) {
      if (region.name().toLowerCase(Locale.ROOT).equals(name)) {
        return region;
      }
    }
    return CN;
  }

  /** Shares are traded in multiples of it. */
  public int tradeUnit() {
    return tradeUnit;
  }

  /** When there is no trade. */
  public TradeLimit limit() {
    return limit;
  }
}
