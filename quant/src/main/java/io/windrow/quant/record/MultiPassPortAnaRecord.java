package io.windrow.quant.record;

import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.backtest.Backtest;
import io.windrow.quant.backtest.BacktestSettings;
import io.windrow.quant.backtest.PortfolioAnalysis;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.evaluate.Moments;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Back-tests of the same predictions from several first portfolios, drawn by shuffling the scores
 * of the first day: how much of the figures is owed to the start.
 *
 * @param single the back-test of one pass
 * @param passes how many there are, at least 1
 * @param shuffled whether the first day is shuffled; else all passes are the same
 */
record MultiPassPortAnaRecord(PortAnaRecord single, int passes, boolean shuffled)
    implements ResultRecord {

  /** Qlib looks at these alone. */
  private static final List<String> FIGURES = List.of("annualized_return", "information_ratio");

  private record Spread(String analysis, String figure, double mean, double std) {
    double ratio() {
      return mean / std;
    }
  }

  @Override
  public List<Problem> check(DataStore data) {
    return single.check(data);
  }

  @Override
  public Map<String, Double> write(RunResults results, ArtifactSink artifacts) {
    // One generator for all passes: those of seeds 0, 1, ... would begin alike.
    Random lots = new Random(passes);
    List<PortfolioAnalysis> runs = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      runs.add(run(results, lots));
    }
    List<Spread> spreads = new ArrayList<>();
    for (String analysis : runs.get(0).risks().keySet()) {
      for (String figure : FIGURES) {
        double[] values =
            runs.stream()
                .mapToDouble(run -> run.risks().get(analysis).figures().get(figure))
                .toArray();
        spreads.add(new Spread(analysis, figure, Moments.mean(values), Moments.std(values)));
      }
    }
    artifacts.put(PortAnaRecord.FOLDER + "multi_pass_port_analysis_1day.arrow", table(spreads));

    Map<String, Double> metrics = new LinkedHashMap<>();
    for (Spread spread : spreads) {
      String name = "." + spread.analysis() + "." + spread.figure();
      metrics.put("mean" + name, spread.mean());
      metrics.put("std" + name, spread.std());
      metrics.put("mean_std" + name, spread.ratio());
    }
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }

  private PortfolioAnalysis run(RunResults results, Random lots) {
    ScoreSeries scores = shuffled ? shuffled(results.predictions(), lots) : results.predictions();
    BacktestSettings settings = single.settings();
    return PortfolioAnalysis.of(
        Backtest.run(results.data(), scores, settings), settings.weighting());
  }

  private static byte[] table(List<Spread> spreads) {
    return new RowTable<>(spreads)
        .text("analysis", Spread::analysis)
        .text("figure", Spread::figure)
        .number("mean", Spread::mean)
        .number("std", Spread::std)
        .number("mean_std", Spread::ratio)
        .write();
  }

  /** The series with the values of its first day of the back-test in another order. */
  private ScoreSeries shuffled(ScoreSeries series, Random lots) {
    int from = 0;
    while (from < series.size() && !single.settings().days().contains(series.date(from))) {
      from++;
    }
    List<Double> values = new ArrayList<>();
    for (int row = from;
        row < series.size() && series.epochDay(row) == series.epochDay(from);
        row++) {
      values.add(series.value(row));
    }
    Collections.shuffle(values, lots);
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (int row = 0; row < series.size(); row++) {
      boolean first = row >= from && row < from + values.size();
      double value = first ? values.get(row - from) : series.value(row);
      rows.add(series.epochDay(row), series.instrument(row), value);
    }
    return rows.build();
  }
}
