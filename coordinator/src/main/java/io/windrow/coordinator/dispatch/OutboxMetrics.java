package io.windrow.coordinator.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
  private volatile OutboxSize size = OutboxSize.EMPTY;

  /**
   * @param clock the store's
   */
  public OutboxMetrics(TaskPool pool, Clock clock, Duration storeTimeout, MeterRegistry meters) {
    this.pool = pool;
    this.clock = clock;
    this.storeTimeout = storeTimeout;
    Gauge.builder("windrow.outbox.size", this, each -> each.size.outcomes())
        .description("Outcomes that are recorded and not published")
        .register(meters);
    Gauge.builder("windrow.outbox.oldest.age", this, OutboxMetrics::seconds)
        .description("How long the first of them has waited")
        .baseUnit("seconds")
        .register(meters);
  }

  private double seconds() {
    return size.age(clock.instant()).toMillis() / 1000.0;
  }

  @Override
  public boolean runOnce() {
    size = Objects.requireNonNull(pool.outbox().block(storeTimeout));
    return false;
  }
}
