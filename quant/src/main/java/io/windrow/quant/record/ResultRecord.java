package io.windrow.quant.record;

import java.util.Map;

/** One entry of a task's {@code record} list. */
public interface ResultRecord {

  /**
   * Writes its artifacts.
   *
   * @return metrics; a metric without a value is absent
   */
  Map<String, Double> write(RunResults results, ArtifactSink artifacts);
}
