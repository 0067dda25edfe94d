package io.windrow.store;

import static io.windrow.store.TaskPoolContract.LEASE;
import static io.windrow.store.TaskPoolContract.claimed;
import static io.windrow.store.TaskPoolContract.failed;
import static io.windrow.store.TaskPoolContract.handedBack;
import static io.windrow.store.TaskPoolContract.succeeded;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.experiment.Recorder;
import io.windrow.experiment.Recorder.Status;
import io.windrow.pool.Claim;
import io.windrow.pool.TaskSelection;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** Attempts whose worker never came to close their recorder. */
class AttemptRecordersIT {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final Instant BEGIN = Instant.parse("2026-07-01T08:00:00Z");
  private final AdvancingClock clock = new AdvancingClock();
  private WindrowStore store;

  @BeforeEach
  void empty() {
    store = database.empty(clock);
  }

  /** What becomes of an attempt, and how its recorder ends. */
  enum Fate {
    DONE(Status.FINISHED),
    PART_DONE(Status.FINISHED),
    NEXT_STAGE_RUNS(Status.FINISHED),
    FAILED(Status.FAILED),
    RETRIED(Status.FAILED),
    HANDED_BACK(Status.FAILED),
    EXPIRED(Status.FAILED),
    CANCELLED(Status.FAILED),
    PAUSED(Status.FAILED),
    RECALLED_AND_RUN_AGAIN(Status.FAILED),
    REMOVED(Status.FAILED);

    final Status recorder;

    Fate(Status recorder) {
      this.recorder = recorder;
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_recorder_is_closed_as_its_attempt_ended(Fate fate) {
    Claim claim = begin(fate == Fate.PART_DONE || fate == Fate.NEXT_STAGE_RUNS ? 2 : 1);

    befall(claim, fate);

    assertThat(close(Duration.ZERO)).isEqualTo(1);
    Recorder closed = recorder(claim);
    assertThat(closed.status()).isEqualTo(fate.recorder);
    assertThat(closed.endedAt()).isNotNull();
    assertThat(close(Duration.ZERO)).isZero();
    assertThat(recorder(claim)).isEqualTo(closed);
  }

  @Test
  void what_runs_is_left_alone() {
    Claim claim = begin(1);

    assertThat(close(Duration.ZERO)).isZero();

    assertThat(recorder(claim).status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void a_worker_has_its_time_to_close_it() {
    Claim claim = begin(1);
    befall(claim, Fate.DONE);

    assertThat(close(Duration.ofSeconds(10))).isZero();
    clock.advance(Duration.ofSeconds(11));

    assertThat(close(Duration.ofSeconds(10))).isEqualTo(1);
  }

  @Test
  void what_its_worker_closed_stays_as_it_is() {
    Claim claim = begin(1);
    befall(claim, Fate.DONE);
    store.recorders().finish(claim.recorderId(), Status.FINISHED).block();
    Recorder closed = recorder(claim);

    assertThat(close(Duration.ZERO)).isZero();

    assertThat(recorder(claim)).isEqualTo(closed);
  }

  @Test
  void what_a_person_opened_is_no_attempts() {
    store.recorders().begin(running("by-hand", "", 0)).block();

    assertThat(close(Duration.ZERO)).isZero();

    assertThat(get(store.recorders().find("by-hand")).status()).isEqualTo(Status.RUNNING);
  }

  private void befall(Claim claim, Fate fate) {
    String id = claim.task().id();
    switch (fate) {
      case DONE, PART_DONE -> store.pool().commit(claim, succeeded()).block();
      case NEXT_STAGE_RUNS -> {
        store.pool().commit(claim, succeeded()).block();
        store.pool().advanceStages().block();
        claimNext();
      }
      case FAILED -> store.pool().commit(claim, failed(FailureKind.FATAL)).block();
      case RETRIED -> store.pool().commit(claim, failed(FailureKind.RETRYABLE)).block();
      case HANDED_BACK -> store.pool().commit(claim, handedBack()).block();
      case EXPIRED ->
          Awaitility.await()
              .pollInterval(Duration.ofMillis(30))
              .atMost(TaskPoolContract.BUSY)
              .until(() -> !get(store.pool().reapExpired(LEASE).collectList()).isEmpty());
      case CANCELLED -> store.pool().cancel(id, "enough").block();
      case PAUSED -> store.pool().pause(id, "later").block();
      case RECALLED_AND_RUN_AGAIN -> {
        store.pool().recall(id, "the pool is paused").block();
        claimNext();
      }
      case REMOVED -> store.manager().remove(TaskSelection.ofPool("p"), true).block();
    }
  }

  /** A claim on a task of so many stages, with its recorder. */
  private Claim begin(int stages) {
    List<Stage> all =
        stages == 1
            ? List.of(Stage.only("default", Terms.DEFAULT))
            : List.of(
                new Stage("train", Map.of(), "default", Terms.DEFAULT),
                new Stage("report", Map.of(), "default", Terms.DEFAULT));
    store
        .pool()
        .insert(List.of(new NewTask("p", "exp", "s", 1, 0, Map.of("n", 1), null, List.of(), all)))
        .block();
    Claim claim = claimNext();
    store
        .recorders()
        .begin(running(claim.recorderId(), claim.task().id(), claim.version()))
        .block();
    return claim;
  }

  private Claim claimNext() {
    Task waiting = get(store.pool().runnable("default", 1).next());
    Task queued = get(store.pool().enqueue(List.of(waiting))).get(0);
    return claimed(store.pool().claim(queued.id(), queued.version(), "w").block());
  }

  private static Recorder running(String id, String task, long version) {
    return new Recorder(
        id, "exp", task, version, Status.RUNNING, Map.of(), Map.of(), Map.of(), BEGIN, null, null);
  }

  private long close(Duration olderThan) {
    return get(store.attemptRecorders().closeEnded(olderThan));
  }

  private Recorder recorder(Claim claim) {
    return get(store.recorders().find(claim.recorderId()));
  }

  private static <T> T get(Mono<T> one) {
    return requireNonNull(one.block());
  }
}
