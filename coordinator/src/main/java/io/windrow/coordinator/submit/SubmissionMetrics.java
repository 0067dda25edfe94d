package io.windrow.coordinator.submit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the tasks of submissions: {@code tasks = inserted + known}. One of a submission that
 * another coordinator had begun counts as known if that one had inserted it.
 */
public final class SubmissionMetrics {
  private final Counter inserted;
  private final Counter known;

  public SubmissionMetrics(MeterRegistry meters) {
    this.inserted = counter(meters, "inserted");
    this.known = counter(meters, "known");
  }

  private static Counter counter(MeterRegistry meters, String result) {
    return Counter.builder("windrow.submission.tasks")
        .description("Tasks of submissions, by whether they were there already")
        .tag("result", result)
        .register(meters);
  }

  /** A submission is inserted. */
  public void count(Receipt receipt) {
    inserted.increment(receipt.inserted());
    known.increment(receipt.tasks() - (double) receipt.inserted());
  }
}
