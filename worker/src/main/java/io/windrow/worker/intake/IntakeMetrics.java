package io.windrow.worker.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What becomes of announcements, and how long tasks waited for it. */
final class IntakeMetrics {

  /** The {@code result} tag of {@code windrow.task.claims}: every announcement counts once. */
  enum Claims {
    CLAIMED,
    STALE,
    DEFERRED,
    /** Won, but not run: the worker stops, or the store answered too late. */
    HANDED_BACK,
    UNDECODABLE,
    ERROR
  }

  private final MeterRegistry meters;
  private final Map<Claims, Counter> claims = new EnumMap<>(Claims.class);
  private final Map<String, Timer> waits = new ConcurrentHashMap<>();

  IntakeMetrics(MeterRegistry meters) {
    this.meters = meters;
    for (Claims result : Claims.values()) {
      claims.put(
          result,
          Counter.builder("windrow.task.claims")
              .description("Announcements by what came of them")
              .tag("result", result.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  void know(Collection<String> queues) {
    queues.forEach(this::waits);
  }

  void count(Claims result) {
    claims.get(result).increment();
  }

  void started(String queue, Duration waited) {
    waits(queue).record(waited);
  }

  private Timer waits(String queue) {
    return waits.computeIfAbsent(
        queue,
        each ->
            Timer.builder("windrow.task.schedule.to.start")
                .description("From the moment a task may run to its claim")
                .tag("queue", each)
                .register(meters));
  }
}
