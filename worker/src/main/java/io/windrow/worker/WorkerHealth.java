package io.windrow.worker;

import io.windrow.worker.execute.Slots;
import io.windrow.worker.intake.TaskSource;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while every queue has its intake. */
final class WorkerHealth implements HealthIndicator {
  private final List<TaskSource> sources;
  private final Slots slots;

  WorkerHealth(List<TaskSource> sources, Slots slots) {
    this.sources = sources;
    this.slots = slots;
  }

  @Override
  public Health health() {
    Health.Builder health =
        sources.stream().allMatch(TaskSource::running) ? Health.up() : Health.outOfService();
    return health
        .withDetail("slots", slots.total())
        .withDetail("busy", slots.busy())
        .withDetail("queues", sources.size())
        .build();
  }
}
