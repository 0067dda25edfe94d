package io.windrow.collector.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the results topic brought. Whenever no batch is under way,
 *
 * <pre>received = upserted + stale + undecodable</pre>
 *
 * as {@code windrow.collector.received} and {@code windrow.collector.results{outcome}}. A batch
 * that is tried again counts once. What the reconciler adds is apart, in {@code
 * windrow.collector.reconciled}.
 */
final class IntakeMetrics {
  private final Counter received;
  private final Counter upserted;
  private final Counter stale;
  private final Counter undecodable;
  private final Counter reconciled;
  private final AtomicLong lag = new AtomicLong();

  IntakeMetrics(MeterRegistry registry) {
    this.received =
        Counter.builder("windrow.collector.received")
            .description("Records taken from the results topic")
            .register(registry);
    this.upserted = outcome(registry, "upserted");
    this.stale = outcome(registry, "stale");
    this.undecodable = outcome(registry, "undecodable");
    this.reconciled =
        Counter.builder("windrow.collector.reconciled")
            .description("Outcomes the pool had and the topic had not brought")
            .register(registry);
    Gauge.builder("windrow.collector.lag", lag, AtomicLong::doubleValue)
        .description("Records on the results topic that are not taken in yet")
        .register(registry);
  }

  /** A batch is stored. */
  void batch(UpsertCount stored, int parked) {
    received.increment(stored.upserted() + stored.stale() + (double) parked);
    upserted.increment(stored.upserted());
    stale.increment(stored.stale());
    undecodable.increment(parked);
  }

  void reconciled(int outcomes) {
    reconciled.increment(outcomes);
  }

  void lag(long records) {
    lag.set(records);
  }

  private static Counter outcome(MeterRegistry registry, String outcome) {
    return Counter.builder("windrow.collector.results")
        .tag("outcome", outcome)
        .description("What became of the records of the results topic")
        .register(registry);
  }
}
