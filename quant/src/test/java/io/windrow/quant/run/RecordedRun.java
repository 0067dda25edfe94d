package io.windrow.quant.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a run hands over. */
final class RecordedRun implements RunRecorder {

  final Map<String, String> params = new LinkedHashMap<>();
  final Map<String, List<Double>> metrics = new LinkedHashMap<>();
  final Map<String, byte[]> artifacts = new LinkedHashMap<>();

  @Override
  public void param(String name, String value) {
    params.put(name, value);
  }

  @Override
  public void metric(String name, int step, double value) {
    metrics.computeIfAbsent(name, key -> new ArrayList<>()).add(step, value);
  }

  @Override
  public void artifact(String path, byte[] bytes) {
    artifacts.put(path, bytes);
  }
}
