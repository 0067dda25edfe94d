package io.windrow.quant.record;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.evaluate.SignalAnalysis;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * IC and Rank IC of the predictions.
 *
 * @param labelColumn which label to compare with, from 0
 */
record SigAnaRecord(int labelColumn) implements ResultRecord {

  @Override
  public Map<String, Double> write(RunResults results, ArtifactSink artifacts) {
    SignalAnalysis analysis =
        SignalAnalysis.of(results.predictions(), results.labels().get(labelColumn));
    artifacts.put("sig_analysis/ic.arrow", ArrowTables.write(analysis, Map.of()));
    Map<String, Double> metrics = new LinkedHashMap<>(analysis.summary());
    // A window at the end of the calendar may have no label yet.
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }
}
