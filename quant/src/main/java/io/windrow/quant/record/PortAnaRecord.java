package io.windrow.quant.record;

import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.backtest.Backtest;
import io.windrow.quant.backtest.BacktestResult;
import io.windrow.quant.backtest.BacktestSettings;
import io.windrow.quant.backtest.IndicatorDay;
import io.windrow.quant.backtest.PortfolioAnalysis;
import io.windrow.quant.backtest.PositionDay;
import io.windrow.quant.backtest.ReportDay;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A back-test of the predictions: Qlib's tables and metrics under Qlib's names.
 *
 * @param path of its arguments in the definition
 * @param settings of the back-test
 */
record PortAnaRecord(String path, BacktestSettings settings) implements ResultRecord {

  static final String FOLDER = "portfolio_analysis/";

  /** Qlib puts the length of a bar before each metric. */
  private static final String DAILY = "1day.";

  private record Figure(String analysis, String name, double value) {}

  @Override
  public List<Problem> check(DataStore data) {
    List<Problem> problems = new ArrayList<>();
    check("benchmark", () -> Backtest.checkBenchmark(data, settings), problems);
    check("exchange_kwargs.codes", () -> Backtest.checkMarket(data, settings), problems);
    return problems;
  }

  private void check(String key, Runnable check, List<Problem> problems) {
    try {
      check.run();
    } catch (DataException e) {
      String message = String.valueOf(e.getMessage());
      problems.add(new Problem(path + ".config.backtest." + key, message));
    }
  }

  @Override
  public Map<String, Double> write(RunResults results, ArtifactSink artifacts) {
    BacktestResult result = Backtest.run(results.data(), results.predictions(), settings);
    PortfolioAnalysis analysis = PortfolioAnalysis.of(result, settings.weighting());
    artifacts.put(FOLDER + "report_normal_1day.arrow", report(result.report()));
    artifacts.put(FOLDER + "positions_normal_1day.arrow", positions(result.positions()));
    artifacts.put(FOLDER + "indicators_normal_1day.arrow", indicators(result.indicators()));

    Map<String, Double> metrics = new LinkedHashMap<>();
    List<Figure> risks = new ArrayList<>();
    analysis
        .risks()
        .forEach(
            (name, risk) ->
                risk.figures()
                    .forEach(
                        (figure, value) -> {
                          risks.add(new Figure(name, figure, value));
                          metrics.put(DAILY + name + "." + figure, value);
                        }));
    List<Figure> indicators = new ArrayList<>();
    analysis
        .indicators()
        .forEach(
            (name, value) -> {
              indicators.add(new Figure("", name, value));
              metrics.put(DAILY + name, value);
            });
    artifacts.put(
        FOLDER + "port_analysis_1day.arrow",
        new RowTable<>(risks)
            .text("analysis", Figure::analysis)
            .text("figure", Figure::name)
            .number("risk", Figure::value)
            .write());
    artifacts.put(
        FOLDER + "indicator_analysis_1day.arrow",
        new RowTable<>(indicators)
            .text("indicator", Figure::name)
            .number("value", Figure::value)
            .write());
    // Without a day, or without an order, some have no value.
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }

  private static byte[] report(List<ReportDay> days) {
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
        .number("bench", ReportDay::bench)
        .write();
  }

  private static byte[] positions(List<PositionDay> positions) {
    return new RowTable<>(positions)
        .day("datetime", PositionDay::date)
        .text("instrument", PositionDay::instrument)
        .number("amount", PositionDay::amount)
        .number("price", PositionDay::price)
        .number("weight", PositionDay::weight)
        .count("count_day", PositionDay::days)
        .write();
  }

  private static byte[] indicators(List<IndicatorDay> days) {
    return new RowTable<>(days)
        .day("datetime", IndicatorDay::date)
        .number("ffr", IndicatorDay::fillRate)
        .number("pa", IndicatorDay::priceAdvantage)
        .number("pos", IndicatorDay::positiveRate)
        .number("deal_amount", IndicatorDay::amount)
        .number("value", IndicatorDay::value)
        .count("count", IndicatorDay::orders)
        .write();
  }
}
