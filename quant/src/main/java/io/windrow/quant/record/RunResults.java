package io.windrow.quant.record;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.List;

/**
 * What a run found.
 *
 * @param data that it worked on
 * @param predictions of the test segment
 * @param labelNames names of the raw labels
 * @param labels the raw labels of the test segment, one series per name
 */
public record RunResults(
    DataStore data, ScoreSeries predictions, List<String> labelNames, List<ScoreSeries> labels) {

  public RunResults {
    labelNames = List.copyOf(labelNames);
    labels = List.copyOf(labels);
  }
}
