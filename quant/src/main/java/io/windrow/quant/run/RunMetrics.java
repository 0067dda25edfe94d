package io.windrow.quant.run;

import io.windrow.quant.model.Training;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Passes metrics on to the recorder and keeps the last value of each. */
final class RunMetrics implements Training {

  private final RunRecorder recorder;
  private final Cancellation cancel;
  private final int threads;
  private final Map<String, Double> last = new LinkedHashMap<>();

  RunMetrics(RunRecorder recorder, Cancellation cancel, int threads) {
    this.recorder = recorder;
    this.cancel = cancel;
    this.threads = threads;
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public void metric(String name, int round, double value) {
    recorder.metric(name, round, value);
    last.put(name, value);
  }

  @Override
  public void checkCancelled() {
    cancel.check();
  }

  /** Notes a metric that has one value. */
  void put(String name, double value) {
    metric(name, 0, value);
  }

  /** Does a phase and notes its seconds as {@code time.<phase>}. */
  <T> T timed(String phase, Supplier<T> work) {
    checkCancelled();
    long start = System.nanoTime();
    T result = work.get();
    put("time." + phase, (System.nanoTime() - start) / 1e9);
    return result;
  }

  Map<String, Double> last() {
    return Collections.unmodifiableMap(last);
  }
}
