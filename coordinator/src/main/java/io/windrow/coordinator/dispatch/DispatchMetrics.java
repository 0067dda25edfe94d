package io.windrow.coordinator.dispatch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.windrow.meter.NamedCounters;
import java.util.Collection;
import java.util.Set;

/** Counts what the active coordinator does to tasks, by queue. */
public final class DispatchMetrics {
  private final NamedCounters first;
  private final NamedCounters again;
  private final NamedCounters expired;

  public DispatchMetrics(MeterRegistry meters) {
    this.first = announced(meters, "first");
    this.again = announced(meters, "again");
    this.expired =
        new NamedCounters(
            meters,
            "windrow.lease.expired",
            "Tasks taken from workers whose lease ran out",
            "queue",
            Tags.empty());
  }

  private static NamedCounters announced(MeterRegistry meters, String kind) {
    return new NamedCounters(
        meters,
        "windrow.dispatch.announced",
        "Announcements of tasks, first ones or those after a lost record",
        "queue",
        Tags.of("kind", kind));
  }

  /** Shows whether a coordinator is the active one, and how often it became so. */
  public static void watch(Leader leader, MeterRegistry meters) {
    Gauge.builder("windrow.coordinator.leader", leader, each -> each.active() ? 1 : 0)
        .description("1 for the coordinator that dispatches")
        .register(meters);
    FunctionCounter.builder("windrow.coordinator.terms", leader, Leader::terms)
        .description("Times this coordinator became the one that dispatches")
        .register(meters);
  }

  /** Queues that there are: their counters are there before they count. */
  void know(Collection<String> queues) {
    first.know(queues);
    again.know(queues);
    expired.know(queues);
  }

  /** The queues that are known, the first hundred. */
  Set<String> queues() {
    return first.names();
  }

  void announced(String queue, int tasks) {
    first.of(queue).increment(tasks);
  }

  void announcedAgain(String queue, int tasks) {
    again.of(queue).increment(tasks);
  }

  void expired(String queue) {
    expired.of(queue).increment();
  }
}
