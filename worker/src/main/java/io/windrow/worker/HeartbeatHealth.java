package io.windrow.worker;

import io.windrow.worker.lease.LeaseKeeper;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether heartbeats go out: a part of liveness. A worker that claims and does not beat would lose
 * task after task, so it is better started anew. Whether the store answers them is not asked: that
 * no restart mends.
 */
final class HeartbeatHealth implements HealthIndicator {
  private final LeaseKeeper leases;

  HeartbeatHealth(LeaseKeeper leases) {
    this.leases = leases;
  }

  @Override
  public Health health() {
    return (leases.beating() ? Health.up() : Health.down()).build();
  }
}
