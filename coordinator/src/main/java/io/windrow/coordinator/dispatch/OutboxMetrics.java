package io.windrow.coordinator.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.meter.Freshness;
import io.windrow.pool.OutboxSize;
import io.windrow.pool.TaskPool;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/** Counts what is recorded and not published. Every coordinator counts the same. */
public final class OutboxMetrics implements Step {
  private final TaskPool pool;
  private final Clock clock;
  private final Duration storeTimeout;
  private final Freshness freshness;
  private volatile OutboxSize size = OutboxSize.EMPTY;

  /**
   * @param clock the store's
   * @param freshness of these numbers alone
   */
  public OutboxMetrics(
      TaskPool pool,
      Clock clock,
      Duration storeTimeout,
      Freshness freshness,
      MeterRegistry meters) {
    this.pool = pool;
    this.clock = clock;
    this.storeTimeout = storeTimeout;
    this.freshness = freshness;
    Gauge.builder("windrow.outbox.size", this, OutboxMetrics::outcomes)
        .description("Outcomes that are recorded and not published")
        .register(meters);
    Gauge.builder("windrow.outbox.oldest.age", this, OutboxMetrics::seconds)
        .description("How long the first of them has waited")
        .baseUnit("seconds")
        .register(meters);
  }

  private double outcomes() {
    return freshness.of((double) size.outcomes());
  }

  private double seconds() {
    return freshness.of(size.age(clock.instant()).toMillis() / 1000.0);
  }

  @Override
  public boolean runOnce() {
    size = Objects.requireNonNull(pool.outbox().block(storeTimeout));
    freshness.renew();
    return false;
  }
}
