package io.windrow.quant.backtest;

import io.windrow.quant.backtest.BacktestSettings.Weighting;
import io.windrow.quant.evaluate.RiskAnalysis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The summary of a back-test as Qlib's PortAnaRecord gives it.
 *
 * @param withoutCost risk of return - bench
 * @param withCost risk of return - bench - cost
 * @param fillRate mean share of an order that was filled ({@code ffr}), NaN without orders
 * @param priceAdvantage {@code pa}
 * @param positiveRate {@code pos}
 */
public record PortfolioAnalysis(
    RiskAnalysis withoutCost,
    RiskAnalysis withCost,
    double fillRate,
    double priceAdvantage,
    double positiveRate) {

  /** Qlib puts the length of a bar before each metric. */
  private static final String BAR = "1day.";

  /** Analyses a back-test. */
  public static PortfolioAnalysis of(BacktestResult result, Weighting weighting) {
    List<ReportDay> report = result.report();
    List<IndicatorDay> indicators = result.indicators();
    ToDoubleFunction<IndicatorDay> weight =
        switch (weighting) {
          case ORDERS -> IndicatorDay::orders;
          case AMOUNT -> IndicatorDay::amount;
          case VALUE -> IndicatorDay::value;
        };
    return new PortfolioAnalysis(
        risk(report, day -> day.grossReturn() - day.bench()),
        risk(report, day -> day.grossReturn() - day.bench() - day.cost()),
        weighted(indicators, IndicatorDay::fillRate, weight),
        weighted(indicators, IndicatorDay::priceAdvantage, weight),
        // Qlib counts this one by orders whatever the method.
        weighted(indicators, IndicatorDay::positiveRate, IndicatorDay::orders));
  }

  /** The two risks by Qlib's names. */
  public Map<String, RiskAnalysis> risks() {
    Map<String, RiskAnalysis> risks = new LinkedHashMap<>();
    risks.put("excess_return_without_cost", withoutCost);
    risks.put("excess_return_with_cost", withCost);
    return risks;
  }

  /** The indicators by Qlib's names. */
  public Map<String, Double> indicators() {
    Map<String, Double> indicators = new LinkedHashMap<>();
    indicators.put("ffr", fillRate);
    indicators.put("pa", priceAdvantage);
    indicators.put("pos", positiveRate);
    return indicators;
  }

  /**
   * The figures by the names that Qlib logs them under, such as {@code
   * 1day.excess_return_with_cost.max_drawdown} and {@code 1day.ffr}. What has no value, without a
   * day or an order, is absent.
   */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    risks()
        .forEach(
            (analysis, risk) ->
                risk.figures()
                    .forEach((figure, value) -> metrics.put(BAR + analysis + "." + figure, value)));
    indicators().forEach((name, value) -> metrics.put(BAR + name, value));
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }

  private static RiskAnalysis risk(List<ReportDay> report, ToDoubleFunction<ReportDay> excess) {
    return RiskAnalysis.ofSums(report.stream().mapToDouble(excess).toArray(), RiskAnalysis.DAYS);
  }

  private static double weighted(
      List<IndicatorDay> days,
      ToDoubleFunction<IndicatorDay> value,
      ToDoubleFunction<IndicatorDay> weight) {
    double sum = 0;
    double weights = 0;
    for (IndicatorDay day : days) {
      weights += weight.applyAsDouble(day);
      if (!Double.isNaN(value.applyAsDouble(day))) {
        sum += value.applyAsDouble(day) * weight.applyAsDouble(day);
      }
    }
    return sum / weights;
  }
}
