package io.windrow.quant.record;

import io.windrow.quant.data.DataStore;
import java.util.Map;

/** One entry of a task's {@code record} list. */
public interface ResultRecord {

  /**
   * Sees to it before a model is trained that the data has what will be needed.
   *
   * @throws io.windrow.quant.data.DataException if not
   */
  default void check(DataStore data) {}

  /**
   * Writes its artifacts.
   *
   * @return metrics; a metric without a value is absent
   */
  Map<String, Double> write(RunResults results, ArtifactSink artifacts);
}
