package io.windrow.quant.record;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.evaluate.LongShortReturns;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * IC and Rank IC of the predictions, and what the best predicted would have brought.
 *
 * @param labelColumn which label to compare with, from 0
 * @param longShort whether the returns of buying the best and selling the worst are wanted
 * @param periods in a year, by which those are annualised
 */
record SigAnaRecord(int labelColumn, boolean longShort, double periods) implements ResultRecord {

  @Override
  public Map<String, Double> write(RunResults results, ArtifactSink artifacts) {
    ScoreSeries labels = results.labels().get(labelColumn);
    SignalAnalysis analysis = SignalAnalysis.of(results.predictions(), labels);
    artifacts.put("sig_analysis/ic.arrow", ArrowTables.write(analysis, Map.of()));
    Map<String, Double> metrics = new LinkedHashMap<>(analysis.summary());
    if (longShort) {
      LongShortReturns returns =
          LongShortReturns.of(results.predictions(), labels, LongShortReturns.FIFTH);
      artifacts.put("sig_analysis/long_short.arrow", table(returns.days()));
      metrics.putAll(returns.summary(periods));
    }
    // A window at the end of the calendar may have no label yet.
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }

  private static byte[] table(List<LongShortReturns.Day> days) {
    return new RowTable<>(days)
        .day("datetime", LongShortReturns.Day::date)
        .number("long_short", LongShortReturns.Day::longShort)
        .number("long_avg", LongShortReturns.Day::average)
        .write();
  }
}
