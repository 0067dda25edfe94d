package io.windrow.quant.backtest;

/**
 * The arguments of Qlib's TopkDropoutStrategy.
 *
 * @param topk how many instruments to hold
 * @param drop how many of them to replace a day, at most; 0 sells nothing
 * @param sellAtRandom whether those to sell are drawn by lot instead of the worst
 * @param buyAtRandom whether those to buy are drawn by lot from the best topk instead of the best
 * @param holdThreshold days for which an instrument is kept at least
 * @param onlyTradable whether instruments that cannot be traded today are passed over in choosing
 * @param forbidAllAtLimit whether an instrument at either limit is neither bought nor sold
 * @param riskDegree share of the cash that is spent
 */
public record StrategySettings(
    int topk,
    int drop,
    boolean sellAtRandom,
    boolean buyAtRandom,
    int holdThreshold,
    boolean onlyTradable,
    boolean forbidAllAtLimit,
    double riskDegree) {

  public StrategySettings {
    if (topk < 1 || drop < 0 || drop > topk) {
      throw new IllegalArgumentException(
          "topk must be at least 1 and drop from 0 to topk, not " + topk + " and " + drop);
    }
    if (holdThreshold < 0) {
      throw new IllegalArgumentException("holdThreshold must not be negative: " + holdThreshold);
    }
    if (!(riskDegree >= 0 && riskDegree <= 1)) {
      throw new IllegalArgumentException("riskDegree must be from 0 to 1, not " + riskDegree);
    }
  }

  /** Qlib's defaults. */
  public static StrategySettings of(int topk, int drop) {
    return new StrategySettings(topk, drop, false, false, 1, false, true, 0.95);
  }
}
