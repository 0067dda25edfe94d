package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.fleet.KnownWorker;
import io.windrow.fleet.Presence;
import io.windrow.fleet.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoWorkersIT {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private Workers workers;

  @BeforeEach
  void empty() {
    workers = database.empty(Clock.systemUTC()).workers();
  }

  @Test
  void what_a_worker_tells_comes_back_with_the_time_of_the_store() {
    Instant before = Instant.now().minusSeconds(1);

    assertThat(workers.join(presence("w1", 2)).block()).isFalse();
    assertThat(workers.beat(presence("w1", 3)).block()).isFalse();

    List<KnownWorker> all = workers.list().collectList().block();
    assertThat(all).hasSize(1);
    assertThat(all.get(0).presence()).isEqualTo(presence("w1", 3));
    assertThat(all.get(0).beat()).isBetween(before, Instant.now().plusSeconds(1));
    assertThat(all.get(0).left()).isFalse();
  }

  @Test
  void a_wish_reaches_the_worker_with_its_beat_and_a_new_process_is_free_of_it() {
    workers.join(presence("w1", 0)).block();

    assertThat(workers.drain("w1", true).block().drain()).isTrue();
    assertThat(workers.beat(presence("w1", 0)).block()).isTrue();
    assertThat(workers.beat(presence("w1", 0)).block()).isTrue();
    assertThat(workers.drain("w1", false).block().drain()).isFalse();
    assertThat(workers.beat(presence("w1", 0)).block()).isFalse();
    workers.drain("w1", true).block();
    assertThat(workers.join(presence("w1", 0)).block()).isFalse();
    assertThat(workers.drain("nobody", true).block()).isNull();
    assertThat(workers.find("nobody").block()).isNull();
  }

  @Test
  void who_leaves_is_remembered_for_a_while_and_may_come_back() {
    workers.join(presence("w1", 2)).block();

    workers.leave("w1").block();

    KnownWorker left = workers.find("w1").block();
    assertThat(left.left()).isTrue();
    assertThat(left.presence().busy()).isZero();
    assertThat(left.presence().tasks()).isEmpty();
    workers.join(presence("w1", 2)).block();
    assertThat(workers.find("w1").block().left()).isFalse();
  }

  @Test
  void only_the_silent_are_forgotten() {
    workers.join(presence("silent", 0)).block();
    workers.join(presence("speaks", 0)).block();
    assertThat(workers.forget(Duration.ofMinutes(1)).block()).isZero();

    await()
        .atMost(TaskPoolContract.BUSY)
        .untilAsserted(
            () -> {
              workers.beat(presence("speaks", 0)).block();
              workers.forget(Duration.ofMillis(700)).block();
              assertThat(workers.list().map(w -> w.presence().id()).collectList().block())
                  .containsExactly("speaks");
            });
  }

  private static Presence presence(String id, int busy) {
    return new Presence(
        id,
        "host",
        17,
        "1.0",
        List.of("default", "gpu"),
        List.of("native"),
        4,
        busy,
        busy == 0 ? List.of() : List.of("t1"),
        Instant.parse("2026-01-01T00:00:00Z"),
        false,
        false);
  }
}
