package io.windrow.worker.process;

import io.windrow.quant.run.RunRecorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers what a run handed over. */
final class RecordedRun implements RunRecorder {
  final Map<String, String> params = new LinkedHashMap<>();
  final List<String> metrics = new ArrayList<>();
  final Map<String, byte[]> artifacts = new LinkedHashMap<>();

  @Override
  public synchronized void param(String name, String value) {
    params.put(name, value);
  }

  @Override
  public synchronized void metric(String name, int step, double value) {
    metrics.add(name + "@" + step + "=" + value);
  }

  @Override
  public synchronized void artifact(String path, byte[] bytes) {
    artifacts.put(path, bytes);
  }
}
