package io.windrow.worker;

import io.windrow.worker.intake.TaskSources;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the worker takes tasks: the part of readiness that Boot cannot know. One that drains is
 * not ready, however well it is. Neither store nor broker is asked.
 */
final class IntakeHealth implements HealthIndicator {
  private final TaskSources sources;

  IntakeHealth(TaskSources sources) {
    this.sources = sources;
  }

  @Override
  public Health health() {
    return (sources.accepting() ? Health.up() : Health.outOfService())
        .withDetail("draining", sources.refusing())
        .build();
  }
}
