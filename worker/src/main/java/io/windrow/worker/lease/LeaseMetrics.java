package io.windrow.worker.lease;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * The figures of the heartbeat: {@code renewals sent = renewed + lost + failed}, but for those of
 * runs that were just committing their outcome, which may have ended the lease themselves.
 */
public final class LeaseMetrics {
  private LeaseMetrics() {}

  /** Shows a keeper's figures. */
  public static void register(LeaseKeeper keeper, MeterRegistry meters) {
    beats(meters, "renewed", keeper, LeaseKeeper::renewed);
    beats(meters, "lost", keeper, LeaseKeeper::lost);
    beats(meters, "failed", keeper, LeaseKeeper::failed);
    Gauge.builder("windrow.worker.heartbeat.age", keeper, each -> each.silence().toMillis() / 1e3)
        .description("Since the store last confirmed a lease; 0 while nothing runs")
        .baseUnit("seconds")
        .register(meters);
  }

  private static void beats(
      MeterRegistry meters, String result, LeaseKeeper keeper, ToDoubleFunction<LeaseKeeper> n) {
    FunctionCounter.builder("windrow.worker.heartbeats", keeper, n)
        .description("Renewals of leases, by what the store said")
        .tag("result", result)
        .register(meters);
  }
}
