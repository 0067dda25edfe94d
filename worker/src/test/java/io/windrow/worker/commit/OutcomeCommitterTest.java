package io.windrow.worker.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.experiment.Recorder;
import io.windrow.message.TaskFinished;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.task.TaskState;
import io.windrow.worker.ScriptedStore;
import io.windrow.worker.lease.HeldLease;
import io.windrow.worker.lease.LeaseKeeper;
import io.windrow.worker.lease.StopReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeCommitterTest {
  private static final Outcome SUCCESS = new Outcome.Succeeded(Map.of("IC", 0.05));
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final ScriptedStore store =
      new ScriptedStore(ScriptedStore.running(Map.of("model", Map.of("class", "LGBModel"))));
  private final String id = store.claim().recorderId();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final LeaseKeeper keeper = new LeaseKeeper(store.pool(), LEASE, nanos::get);
  private final HeldLease lease = keeper.hold(store.claim(), 0);
  private final OutcomeCommitter committer =
      new OutcomeCommitter(
          store.pool(),
          store,
          store,
          store,
          new StoreRetry(
              Duration.ofSeconds(5),
              Duration.ofMillis(1),
              Duration.ofMillis(2),
              Duration.ofMillis(100)),
          meters);
  private final AttemptRecorder recorder = committer.recorder(lease);

  @AfterEach
  void close() {
    keeper.close();
  }

  @Test
  void a_success_is_recorded_in_the_order_of_the_design() {
    run();

    CommitOutcome outcome = committer.commit(recorder, SUCCESS);

    assertThat(outcome).isEqualTo(CommitOutcome.DONE);
    assertThat(store.journal)
        .containsExactly(
            "begin",
            "put pred.arrow",
            "put task.json",
            "metrics",
            "metrics",
            "commit",
            "finish",
            "publish",
            "mark");
    assertThat(store.statuses).containsEntry(id, Recorder.Status.FINISHED);
    TaskFinished message = store.published.get(0);
    assertThat(message.version()).isEqualTo(8);
    assertThat(message.recorder()).isEqualTo(id);
    assertThat(message.metrics()).containsEntry("IC", 0.05).containsKey("time.commit");
    assertThat(store.task().result().metrics()).isEqualTo(message.metrics());
    assertThat(store.metrics).containsKeys("l2.valid", "time.commit");
    assertThat(store.marked).isTrue();
  }

  @Test
  void an_attempt_without_artifacts_costs_its_recorder_one_write_before_the_commit() {
    recorder.begin(Map.of("worker", "w1"), Instant.EPOCH);
    recorder.metric("time.noop", 0, 0.25);

    assertThat(committer.commit(recorder, SUCCESS)).isEqualTo(CommitOutcome.DONE);

    assertThat(store.journal).containsExactly("begin", "commit", "finish", "publish", "mark");
    assertThat(store.statuses).containsEntry(id, Recorder.Status.FINISHED);
    assertThat(store.metrics).containsEntry("time.noop", 0.25).containsKey("time.commit");
    assertThat(store.artifacts).isEmpty();
  }

  @Test
  void a_failed_attempt_has_a_recorder_too() {
    recorder.begin(Map.of("worker", "w1"), Instant.EPOCH);

    committer.commit(recorder, new Outcome.Failed(FailureKind.RETRYABLE, "E", "away", ""));

    assertThat(store.journal).containsExactly("begin", "commit", "finish");
    assertThat(store.statuses).containsEntry(id, Recorder.Status.FAILED);
  }

  /** From the named step on nothing is written any more, as after a crash. */
  @ParameterizedTest
  @CsvSource({
    "commit,  RUNNING, RUNNING,  0, false",
    "finish,  DONE,    RUNNING,  0, false",
    "publish, DONE,    FINISHED, 0, false",
    "mark,    DONE,    FINISHED, 1, false"
  })
  void a_crash_leaves_what_the_javadoc_says(
      String step, TaskState state, Recorder.Status status, int messages, boolean marked) {
    run();
    AtomicInteger reached = new AtomicInteger();
    store.failing(
        name -> {
          if (name.equals(step)) {
            reached.set(1);
            Thread.currentThread().interrupt(); // or it would be tried until the store answers
          }
          return reached.get() == 1;
        });

    committer.commit(recorder, SUCCESS);
    Thread.interrupted();

    assertThat(store.task().state()).isEqualTo(state);
    assertThat(store.statuses).containsEntry(id, status);
    assertThat(store.published).hasSize(messages);
    assertThat(store.marked).isEqualTo(marked);
    assertThat(store.artifacts.get(id)).containsKeys("pred.arrow", "task.json");
  }

  @Test
  void an_artifact_that_cannot_be_stored_leaves_the_task_alone() {
    run();
    store.failing(
        name -> {
          nanos.set(LEASE.toNanos());
          return name.equals("put task.json");
        });

    assertThatThrownBy(() -> committer.commit(recorder, SUCCESS))
        .hasMessageContaining("put task.json");

    assertThat(store.task().state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void a_store_that_comes_back_in_time_costs_nothing() {
    run();
    AtomicInteger failures = new AtomicInteger(3);
    store.failing(name -> name.equals("commit") && failures.getAndDecrement() > 0);

    assertThat(committer.commit(recorder, SUCCESS)).isEqualTo(CommitOutcome.DONE);
    assertThat(store.task().state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void a_store_that_is_away_for_longer_than_the_lease_costs_nothing_either() {
    run();
    AtomicInteger failures = new AtomicInteger(200); // longer than the patience for other writes
    store.failing(
        name -> {
          nanos.set(3 * LEASE.toNanos());
          return name.equals("commit") && failures.getAndDecrement() > 0;
        });

    assertThat(committer.commit(recorder, SUCCESS)).isEqualTo(CommitOutcome.DONE);
    assertThat(store.task().state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void a_run_that_was_stopped_because_the_store_was_away_is_handed_back_when_it_is_back() {
    run();
    nanos.set(3 * LEASE.toNanos());
    AtomicInteger failures = new AtomicInteger(200);
    store.failing(name -> failures.getAndDecrement() > 0);

    assertThat(committer.discard(lease)).isEqualTo(CommitOutcome.HANDED_BACK);
    assertThat(store.task().state()).isEqualTo(TaskState.WAITING);
  }

  @Test
  void a_fenced_outcome_deletes_its_own_artifacts_after_reading_the_task() {
    run();
    store.moveOn(TaskState.WAITING);

    CommitOutcome outcome = committer.commit(recorder, SUCCESS);

    assertThat(outcome).isEqualTo(CommitOutcome.FENCED);
    assertThat(store.journal).endsWith("commit", "find", "finish", "delete");
    assertThat(store.statuses).containsEntry(id, Recorder.Status.FAILED);
    assertThat(store.published).isEmpty();
    assertThat(meters.counter("windrow.commit.fenced").count()).isEqualTo(1);
  }

  @Test
  void a_commit_whose_reply_was_lost_is_found_by_reading_the_task() {
    run();
    AtomicInteger lost = new AtomicInteger(1);
    store.losingReplies(name -> name.equals("commit") && lost.getAndDecrement() > 0);

    CommitOutcome outcome = committer.commit(recorder, SUCCESS);

    assertThat(outcome).isEqualTo(CommitOutcome.DONE);
    assertThat(store.artifacts.get(id)).containsKey("pred.arrow");
    assertThat(store.statuses).containsEntry(id, Recorder.Status.FINISHED);
    assertThat(store.published).hasSize(1);
  }

  static List<Arguments> outcomesAndWhatTheyComeTo() {
    return List.of(
        Arguments.of(SUCCESS, CommitOutcome.DONE, 1),
        Arguments.of(
            new Outcome.Failed(FailureKind.FATAL, "E", "bad", ""), CommitOutcome.FAILED, 1),
        Arguments.of(
            new Outcome.Failed(FailureKind.RETRYABLE, "E", "away", ""), CommitOutcome.RETRY, 0),
        Arguments.of(new Outcome.HandedBack("stopping"), CommitOutcome.HANDED_BACK, 0));
  }

  /** The heartbeat learns first that the task has moved on: by the very commit. */
  @ParameterizedTest
  @MethodSource("outcomesAndWhatTheyComeTo")
  void a_commit_whose_reply_was_lost_is_not_taken_for_a_lost_claim(
      Outcome outcome, CommitOutcome expected, int messages) {
    run();
    store.losingReplies(
        name -> {
          if (name.equals("commit") && lease.held()) {
            learnByTheHeartbeat();
            return true;
          }
          return false;
        });

    assertThat(committer.commit(recorder, outcome)).isEqualTo(expected);

    assertThat(lease.stopReason()).isEqualTo(StopReason.LOST);
    assertThat(store.artifacts.get(id)).containsKey("pred.arrow");
    assertThat(store.published).hasSize(messages);
    assertThat(meters.counter("windrow.commit.fenced").count()).isZero();
  }

  @Test
  void a_claim_that_was_lost_while_the_store_was_away_is_discarded() {
    run();
    store.failing(
        name -> {
          if (name.equals("commit") && lease.held()) {
            store.moveOn(TaskState.CANCELLED);
            learnByTheHeartbeat();
            return true;
          }
          return false;
        });

    assertThat(committer.commit(recorder, SUCCESS)).isEqualTo(CommitOutcome.FENCED);

    assertThat(store.artifacts).doesNotContainKey(id);
  }

  @Test
  void a_silent_lease_that_is_still_ours_is_handed_back() {
    run();
    nanos.set(LEASE.toNanos());

    CommitOutcome outcome = committer.discard(lease);

    assertThat(outcome).isEqualTo(CommitOutcome.HANDED_BACK);
    assertThat(store.task().state()).isEqualTo(TaskState.WAITING);
    assertThat(store.statuses).containsEntry(id, Recorder.Status.FAILED);
  }

  @Test
  void a_final_failure_is_published_without_a_recorder() {
    run();

    CommitOutcome outcome =
        committer.commit(recorder, new Outcome.Failed(FailureKind.FATAL, "E", "bad", ""));

    assertThat(outcome).isEqualTo(CommitOutcome.FAILED);
    assertThat(store.published.get(0).state()).isEqualTo(TaskState.FAILED);
    assertThat(store.published.get(0).recorder()).isNull();
    assertThat(store.statuses).containsEntry(id, Recorder.Status.FAILED);
  }

  @Test
  void a_retry_is_not_published() {
    run();

    CommitOutcome outcome =
        committer.commit(recorder, new Outcome.Failed(FailureKind.RETRYABLE, "E", "away", ""));

    assertThat(outcome).isEqualTo(CommitOutcome.RETRY);
    assertThat(store.published).isEmpty();
    assertThat(store.journal).endsWith("commit", "finish");
  }

  /** The first beat goes out at once. */
  private void learnByTheHeartbeat() {
    keeper.start();
    await().atMost(Duration.ofMinutes(1)).until(() -> !lease.held());
  }

  private void run() {
    recorder.begin(Map.of("worker", "w1"), Instant.EPOCH);
    recorder.metric("l2.valid", 0, 0.9);
    recorder.artifact("pred.arrow", "rows".getBytes(StandardCharsets.UTF_8));
  }
}
