package io.windrow.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.Claim;
import io.windrow.task.TaskState;
import io.windrow.worker.ScriptedStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
  private final ScriptedStore store = new ScriptedStore(ScriptedStore.running(Map.of()));
  private final AtomicLong nanos = new AtomicLong();
  private final LeaseKeeper keeper =
      new LeaseKeeper(store.pool(), Duration.ofSeconds(15), nanos::get);
  private final HeldLease lease = keeper.hold(store.claim(), 0);

  @Test
  void a_beat_extends_the_lease() {
    at(10);
    keeper.beat();
    at(20);

    assertThat(lease.held()).isTrue();
    assertThat(lease.requested()).isFalse();
  }

  @Test
  void silence_ends_it_a_margin_before_others_may_take_over() {
    store.failing(step -> true);
    at(10);
    keeper.beat();
    at(12);
    assertThat(lease.held()).isTrue();
    at(13);

    assertThat(lease.held()).isFalse();
    assertThat(lease.stopReason()).isEqualTo(StopReason.SILENT);
  }

  @Test
  void a_process_that_was_paused_knows_without_a_beat() {
    at(3600);

    assertThat(lease.requested()).isTrue();
  }

  @Test
  void a_late_beat_does_not_bring_back_what_was_given_up() {
    at(13);
    assertThat(lease.held()).isFalse();
    keeper.beat();

    assertThat(lease.held()).isFalse();
  }

  @Test
  void the_stores_no_is_final() {
    store.moveOn(TaskState.CANCELLED);
    keeper.beat();

    assertThat(lease.stopReason()).isEqualTo(StopReason.LOST);
  }

  @Test
  void all_claims_share_one_request_and_only_the_lost_one_stops() {
    Claim second = new Claim(store.claim().task(), "second");
    store.moveOn(TaskState.RUNNING);
    HeldLease own = keeper.hold(new Claim(store.task(), "own"), 0);
    HeldLease lost = keeper.hold(second, 0);
    at(10);

    keeper.beat();

    assertThat(store.journal).containsExactly("beat");
    assertThat(lost.stopReason()).isEqualTo(StopReason.LOST);
    assertThat(lost.urgent()).isTrue();
    at(20);
    assertThat(own.held()).isTrue();
    assertThat(own.urgent()).isFalse();
  }

  @Test
  void released_claims_are_not_beaten_for() {
    keeper.release(lease);
    keeper.beat();

    assertThat(store.journal).isEmpty();
  }

  @Test
  void draining_asks_to_stop_and_keeps_the_lease() {
    keeper.drain();

    assertThat(lease.requested()).isTrue();
    assertThat(lease.held()).isTrue();
    assertThat(lease.urgent()).isFalse();
    at(13);
    assertThat(lease.held()).isFalse();
    assertThat(lease.urgent()).isTrue();
  }

  private void at(int seconds) {
    nanos.set(Duration.ofSeconds(seconds).toNanos());
  }
}
