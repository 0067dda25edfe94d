package io.windrow.quant.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/** Keeps what a training tells, and cancels it after some rounds. */
final class NotedTraining implements Training {

  final Map<String, List<Double>> metrics = new TreeMap<>();
  private final int threads;
  private final int checksAllowed;
  private int checks;

  NotedTraining(int threads, int checksAllowed) {
    this.threads = threads;
    this.checksAllowed = checksAllowed;
  }

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public void metric(String name, int round, double value) {
    metrics.computeIfAbsent(name, key -> new ArrayList<>()).add(round, value);
  }

  @Override
  public void checkCancelled() {
    if (checks++ == checksAllowed) {
      throw new CancellationException("stop");
    }
  }
}
