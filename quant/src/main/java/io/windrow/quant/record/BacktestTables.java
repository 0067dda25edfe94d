package io.windrow.quant.record;

import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.backtest.IndicatorDay;
import io.windrow.quant.backtest.PortfolioAnalysis;
import io.windrow.quant.backtest.PositionDay;
import io.windrow.quant.backtest.ReportDay;
import java.util.ArrayList;
import java.util.List;

/** A back-test as tables, with Qlib's names for their columns. */
public final class BacktestTables {

  private record Figure(String analysis, String name, double value) {}

  private BacktestTables() {}

  /** {@code report_normal_1day}: a row per day. */
  public static RowTable<ReportDay> report(List<ReportDay> days) {
    return new RowTable<>(days)
        .day("datetime", ReportDay::date)
        .number("account", ReportDay::account)
        .number("return", ReportDay::grossReturn)
        .number("total_turnover", ReportDay::totalTurnover)
        .number("turnover", ReportDay::turnover)
        .number("total_cost", ReportDay::totalCost)
        .number("cost", ReportDay::cost)
        .number("value", ReportDay::value)
        .number("cash", ReportDay::cash)
        .number("bench", ReportDay::bench);
  }

  /** {@code positions_normal_1day}: a row per day and instrument. */
  public static RowTable<PositionDay> positions(List<PositionDay> positions) {
    return new RowTable<>(positions)
        .day("datetime", PositionDay::date)
        .text("instrument", PositionDay::instrument)
        .number("amount", PositionDay::amount)
        .number("price", PositionDay::price)
        .number("weight", PositionDay::weight)
        .count("count_day", PositionDay::days);
  }

  /** {@code port_analysis_1day}: a row per analysis and figure. */
  public static RowTable<?> risks(PortfolioAnalysis analysis) {
    List<Figure> figures = new ArrayList<>();
    analysis
        .risks()
        .forEach(
            (name, risk) ->
                risk.figures()
                    .forEach((figure, value) -> figures.add(new Figure(name, figure, value))));
    return new RowTable<>(figures)
        .text("analysis", Figure::analysis)
        .text("figure", Figure::name)
        .number("risk", Figure::value);
  }

  static RowTable<IndicatorDay> indicators(List<IndicatorDay> days) {
    return new RowTable<>(days)
        .day("datetime", IndicatorDay::date)
        .number("ffr", IndicatorDay::fillRate)
        .number("pa", IndicatorDay::priceAdvantage)
        .number("pos", IndicatorDay::positiveRate)
        .number("deal_amount", IndicatorDay::amount)
        .number("value", IndicatorDay::value)
        .count("count", IndicatorDay::orders);
  }

  static RowTable<?> indicators(PortfolioAnalysis analysis) {
    List<Figure> figures = new ArrayList<>();
    analysis.indicators().forEach((name, value) -> figures.add(new Figure("", name, value)));
    return new RowTable<>(figures).text("indicator", Figure::name).number("value", Figure::value);
  }
}
