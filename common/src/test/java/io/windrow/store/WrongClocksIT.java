package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.experiment.Content;
import io.windrow.pool.Claim;
import io.windrow.pool.TaskSelection;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Processes whose own clocks are an hour fast and an hour slow, on one database. */
class WrongClocksIT {
  private static final Duration WRONG = Duration.ofHours(1);

  private EmbeddedStore server;
  private MongoClient client;
  private WindrowStore fast;
  private WindrowStore slow;

  @BeforeEach
  void start() {
    server = EmbeddedStore.inMemory();
    client = MongoClients.create(server.uri());
    fast = store(WRONG);
    slow = store(WRONG.negated());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  /** All that a process has for a time of its own is off by this much. */
  private WindrowStore store(Duration off) {
    Clock own = Clock.offset(Clock.systemUTC(), off);
    StoreClock clock =
        new StoreClock(
            LeaseReaper.serverTime(client.getDatabase(EmbeddedStore.DATABASE)),
            () -> ChronoUnit.NANOS.between(Instant.EPOCH, own.instant()));
    return new WindrowStore(client, EmbeddedStore.DATABASE, TaskPoolContract.SETTINGS, clock);
  }

  @Test
  void a_retry_is_due_when_it_would_be_with_right_clocks() {
    for (WindrowStore failing : List.of(fast, slow)) {
      NewTask task = TaskPoolContract.task(failing == fast ? 1 : 2);
      failing.pool().insert(List.of(task)).block();
      Claim claim = claim(failing, task.id());

      failing
          .pool()
          .commit(claim, new Outcome.Failed(FailureKind.RETRYABLE, "Boom", "it broke", ""))
          .block();

      Task waiting = slow.pool().find(task.id()).block();
      assertIsNow(waiting.createdAt());
      assertIsNow(waiting.updatedAt());
      assertThat(Duration.between(waiting.updatedAt(), waiting.notBefore()))
          .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
      assertThat(waiting.history().get(0).endedAt()).isEqualTo(waiting.updatedAt());
    }
  }

  @Test
  void what_one_lets_run_the_other_finds_at_once() {
    for (WindrowStore writer : List.of(fast, slow)) {
      NewTask task = TaskPoolContract.task(writer == fast ? 1 : 2);
      writer.pool().insert(List.of(task)).block();
      WindrowStore reader = writer == fast ? slow : fast;

      Awaitility.await()
          .atMost(TaskPoolContract.BUSY)
          .until(
              () -> {
                List<Task> next = reader.pool().runnable("default", 1).collectList().block();
                return !next.isEmpty()
                    && next.get(0).id().equals(task.id())
                    && reader.pool().enqueue(next).block().size() == 1;
              });
    }
  }

  @Test
  void versions_grow_whoever_writes_and_over_a_removal_too() {
    NewTask task = TaskPoolContract.task(1, new Terms(9, null, null));
    List<Long> versions = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      WindrowStore inserting = round % 2 == 0 ? fast : slow;
      WindrowStore claiming = round % 2 == 0 ? slow : fast;
      inserting.pool().insert(List.of(task)).block();
      versions.add(inserting.pool().find(task.id()).block().version());
      Claim claim = claim(claiming, task.id());
      versions.add(claim.version());
      inserting.pool().cancel(task.id(), "enough").block();
      versions.add(inserting.pool().find(task.id()).block().version());
      assertThat(claiming.manager().remove(TaskSelection.ofPool("p"), false).block().changed())
          .isEqualTo(1);
    }

    assertThat(versions).isSorted().doesNotHaveDuplicates().hasSize(9);
    assertIsNow(Instant.EPOCH.plus(versions.get(8), ChronoUnit.MICROS));
  }

  @Test
  void a_time_out_ends_when_it_should_and_a_result_waits_no_longer_than_it_should() {
    NewTask brief = TaskPoolContract.task(1, new Terms(3, null, Duration.ofMillis(50)));
    NewTask long_ = TaskPoolContract.task(2, new Terms(3, null, Duration.ofMinutes(30)));
    NewTask done = TaskPoolContract.task(3);
    slow.pool().insert(List.of(brief, long_, done)).block();
    Claim overdue = claim(fast, brief.id());
    Claim steady = claim(slow, long_.id());
    fast.pool().commit(claim(fast, done.id()), new Outcome.Succeeded(Map.of())).block();
    assertThat(slow.pool().unpublished(Duration.ofMinutes(5), 9).collectList().block()).isEmpty();

    List<Task> reaped = new ArrayList<>();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(30))
        .atMost(TaskPoolContract.BUSY)
        .until(
            () -> {
              fast.pool().heartbeat(List.of(overdue, steady)).block();
              reaped.addAll(slow.pool().reapExpired(TaskPoolContract.LEASE).collectList().block());
              return !reaped.isEmpty();
            });

    assertThat(reaped).extracting(Task::id).containsExactly(brief.id());
    assertThat(slow.pool().find(long_.id()).block().state()).isEqualTo(TaskState.RUNNING);
    assertThat(slow.pool().unpublished(Duration.ZERO, 9).collectList().block()).hasSize(1);
  }

  @Test
  void an_upload_under_way_is_no_leftover_whatever_a_machine_says() {
    Clock hours = Clock.offset(Clock.systemUTC(), WRONG.multipliedBy(9));
    WindrowStore ahead =
        new WindrowStore(client, EmbeddedStore.DATABASE, TaskPoolContract.SETTINGS, hours);
    byte[] bytes = new byte[600_000];
    Mono<ByteBuffer> sweep = ahead.housekeeping().sweepFiles(WRONG).then(Mono.empty());
    Flux<ByteBuffer> sweptBeforeItsEnd = Content.of(bytes).bytes().concatWith(sweep);

    ahead.artifacts().put("r", "model.txt", new Content(bytes.length, sweptBeforeItsEnd)).block();

    assertThat(ahead.artifacts().get("r", "model.txt").block()).isEqualTo(bytes);
  }

  private static Claim claim(WindrowStore store, String id) {
    Task waiting = store.pool().find(id).block();
    Task queued = store.pool().enqueue(List.of(waiting)).block().get(0);
    return TaskPoolContract.claimed(store.pool().claim(id, queued.version(), "w").block());
  }

  private static void assertIsNow(Instant time) {
    assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
  }
}
