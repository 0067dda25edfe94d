package io.windrow.cli.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How long the API takes to answer with many tasks in the store.
 *
 * @param tasks tasks in the store
 * @param goalMillis what the 95th percentile of each should stay below
 * @param endpoints what was asked, in its order
 * @param listening what a listener of the events costs
 * @param peakHeapBytes most heap in use, garbage included: all is in one process
 */
public record ApiBenchResult(
    long tasks,
    double goalMillis,
    List<Endpoint> endpoints,
    Listening listening,
    long peakHeapBytes) {

  public ApiBenchResult {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * One of them. Times are from the request to the last byte.
   *
   * @param name the address with placeholders
   * @param runs how often it was asked
   * @param p50Millis the median
   * @param p95Millis one in twenty took longer
   * @param maxMillis the longest
   * @param processorMillis processor time of the whole process for each, whoever else uses the
   *     machine; with a pause before, also what is done meanwhile
   * @param bytes of the last answer
   */
  public record Endpoint(
      String name,
      int runs,
      double p50Millis,
      double p95Millis,
      double maxMillis,
      double processorMillis,
      long bytes) {

    static Endpoint of(String name, double[] millis, double processorMillis, long bytes) {
      double[] sorted = millis.clone();
      Arrays.sort(sorted);
      return new Endpoint(
          name,
          sorted.length,
          percentile(sorted, 0.5),
          percentile(sorted, 0.95),
          sorted[sorted.length - 1],
          processorMillis,
          bytes);
    }

    private static double percentile(double[] sorted, double share) {
      return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
  }

  /**
   * A page of tasks and the process, while tasks change, without and with a listener.
   *
   * @param changesPerSecond tasks that changed
   * @param bytes that the listener was told
   */
  public record Listening(double changesPerSecond, long bytes, Side without, Side with) {}

  /**
   * One side.
   *
   * @param page a page of 100 tasks
   * @param cores processor seconds of the whole process in a second
   */
  public record Side(Endpoint page, double cores) {}

  /** Those that are not below the goal. */
  public List<Endpoint> over() {
    return endpoints.stream().filter(one -> one.p95Millis() > goalMillis).toList();
  }
}
