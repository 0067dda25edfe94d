package io.windrow.quant.backtest;

import java.util.List;

/**
 * What came of a back-test.
 *
 * @param report a row per day
 * @param positions a row per day and instrument held at its close
 * @param indicators a row per day
 */
public record BacktestResult(
    List<ReportDay> report, List<PositionDay> positions, List<IndicatorDay> indicators) {

  public BacktestResult {
    report = List.copyOf(report);
    positions = List.copyOf(positions);
    indicators = List.copyOf(indicators);
  }
}
