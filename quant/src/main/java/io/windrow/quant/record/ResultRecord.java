package io.windrow.quant.record;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.Problem;
import java.util.List;
import java.util.Map;

/** One entry of a task's {@code record} list. */
public interface ResultRecord {

  /** What the data lacks that it will need, so that no model is trained for nothing. */
  default List<Problem> check(DataStore data) {
    return List.of();
  }

  /**
   * Writes its artifacts.
   *
   * @return metrics; a metric without a value is absent
   */
  Map<String, Double> write(RunResults results, ArtifactSink artifacts);
}
