package io.windrow.quant.record;

import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.backtest.Backtest;
import io.windrow.quant.backtest.BacktestResult;
import io.windrow.quant.backtest.BacktestSettings;
import io.windrow.quant.backtest.PortfolioAnalysis;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.Problem;
import java.util.ArrayList;
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
    put(artifacts, "report_normal", BacktestTables.report(result.report()));
    put(artifacts, "positions_normal", BacktestTables.positions(result.positions()));
    put(artifacts, "indicators_normal", BacktestTables.indicators(result.indicators()));
    put(artifacts, "port_analysis", BacktestTables.risks(analysis));
    put(artifacts, "indicator_analysis", BacktestTables.indicators(analysis));
    return analysis.metrics();
  }

  private static void put(ArtifactSink artifacts, String name, RowTable<?> table) {
    artifacts.put(FOLDER + name + "_1day.arrow", table.write());
  }
}
