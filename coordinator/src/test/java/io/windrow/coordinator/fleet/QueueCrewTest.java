package io.windrow.coordinator.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.fleet.KnownWorker;
import io.windrow.fleet.Presence;
import io.windrow.fleet.WorkerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueCrewTest {
  private static final List<Member> MEMBERS =
      List.of(
          member("a", WorkerState.LIVE, 4, 3, "default"),
          member("b", WorkerState.LIVE, 2, 0, "default", "large"),
          member("c", WorkerState.DRAINING, 8, 1, "default", "leaving"),
          member("d", WorkerState.STALE, 8, 8, "large"));

  @Test
  void live_workers_count_for_each_of_their_queues() {
    assertThat(QueueCrew.of(Set.of("default"), MEMBERS)).isEqualTo(new QueueCrew(2, 6, 3));
    assertThat(QueueCrew.of(Set.of("large"), MEMBERS)).isEqualTo(new QueueCrew(1, 2, 0));
  }

  @Test
  void nobody_serves_a_queue_whose_workers_leave_or_that_has_none() {
    assertThat(QueueCrew.of(Set.of("leaving"), MEMBERS)).isEqualTo(new QueueCrew(0, 0, 0));
    assertThat(QueueCrew.of(Set.of("unheard"), MEMBERS)).isEqualTo(new QueueCrew(0, 0, 0));
  }

  @Test
  void of_queues_that_are_told_together_a_worker_counts_once() {
    assertThat(QueueCrew.of(Set.of("default", "large"), MEMBERS)).isEqualTo(new QueueCrew(2, 6, 3));
  }

  @Test
  void a_worker_with_more_tasks_than_slots_has_none_free() {
    assertThat(new QueueCrew(1, 4, 3).free()).isEqualTo(1);
    assertThat(new QueueCrew(1, 2, 3).free()).isZero();
  }

  private static Member member(
      String id, WorkerState state, int slots, int busy, String... queues) {
    return new Member(
        new KnownWorker(
            new Presence(
                id,
                "host",
                17,
                "1.0",
                List.of(queues),
                List.of("native"),
                slots,
                busy,
                List.of(),
                Instant.EPOCH,
                false,
                false),
            Instant.EPOCH,
            false,
            false),
        state,
        Duration.ZERO);
  }
}
