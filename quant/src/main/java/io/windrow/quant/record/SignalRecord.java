package io.windrow.quant.record;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import java.util.Map;

/** Predictions and raw labels of the test segment. */
record SignalRecord() implements ResultRecord {

  @Override
  public Map<String, Double> write(RunResults results, ArtifactSink artifacts) {
    artifacts.put("pred.arrow", ArrowTables.write(new ScoreTable("score", results.predictions())));
    artifacts.put(
        "label.arrow",
        ArrowTables.write(new ScoreTable(results.labelNames().get(0), results.labels().get(0))));
    return Map.of();
  }
}
