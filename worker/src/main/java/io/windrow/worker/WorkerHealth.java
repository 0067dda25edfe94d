package io.windrow.worker;

import io.windrow.pool.TaskPool;
import io.windrow.worker.execute.Slots;
import io.windrow.worker.intake.TaskSources;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Up while every queue has its intake, or the worker was asked to drain, and the store answers.
 * Asks the store for a task instead of a {@code hello}, which the embedded server does not know.
 */
final class WorkerHealth implements ReactiveHealthIndicator {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final TaskSources sources;
  private final Slots slots;
  private final TaskPool pool;

  WorkerHealth(TaskSources sources, Slots slots, TaskPool pool) {
    this.sources = sources;
    this.slots = slots;
    this.pool = pool;
  }

  @Override
  public Mono<Health> health() {
    return pool.find("0")
        .timeout(PATIENCE)
        .then(Mono.fromSupplier(() -> sources.running() ? Health.up() : Health.outOfService()))
        .onErrorResume(error -> Mono.just(Health.down(error)))
        .map(
            health ->
                health
                    .withDetail("slots", slots.total())
                    .withDetail("busy", slots.busy())
                    .withDetail("drained", sources.resting())
                    .build());
  }
}
