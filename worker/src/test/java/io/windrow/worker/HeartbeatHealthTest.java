package io.windrow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.worker.lease.LeaseKeeper;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class HeartbeatHealthTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final Duration LEASE = Duration.ofMillis(30);

  private final ScriptedStore store = new ScriptedStore(ScriptedStore.running(Map.of()));
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void a_worker_whose_beats_are_thwarted_for_a_lease_is_down_until_one_goes_out() {
    try (LeaseKeeper leases = new LeaseKeeper(store.pool(), LEASE, nanos::get)) {
      HeartbeatHealth health = new HeartbeatHealth(leases);
      leases.hold(store.claim(), 0);
      store.failing(
          step -> {
            asked.incrementAndGet();
            throw new OutOfMemoryError("a task has filled the heap");
          });
      leases.start();
      await().atMost(SOON).until(() -> asked.get() > 0);
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);

      nanos.set(LEASE.toNanos());
      assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

      store.failing(step -> false);
      await().atMost(SOON).until(() -> health.health().getStatus().equals(Status.UP));
    }
  }

  @Test
  void a_store_that_is_away_is_nothing_that_a_restart_mends() {
    try (LeaseKeeper leases = new LeaseKeeper(store.pool(), LEASE, nanos::get)) {
      HeartbeatHealth health = new HeartbeatHealth(leases);
      leases.hold(store.claim(), 0);
      store.failing(step -> true);
      nanos.set(LEASE.toNanos());

      leases.start();

      await().atMost(SOON).during(LEASE).until(() -> health.health().getStatus().equals(Status.UP));
    }
  }
}
