package io.windrow.quant.run;

/** Where a run puts what it finds out. Implementations may buffer; errors are unchecked. */
public interface RunRecorder {

  void param(String name, String value);

  /**
   * One value of a metric.
   *
   * @param step boosting round or epoch from 0; 0 for a single value
   */
  void metric(String name, int step, double value);

  /**
   * An artifact: Arrow IPC file, model text or JSON.
   *
   * @param path for example {@code pred.arrow}
   */
  void artifact(String path, byte[] bytes);
}
