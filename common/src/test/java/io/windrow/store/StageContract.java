package io.windrow.store;

import static io.windrow.task.TaskState.CANCELLED;
import static io.windrow.task.TaskState.DONE;
import static io.windrow.task.TaskState.FAILED;
import static io.windrow.task.TaskState.PART_DONE;
import static io.windrow.task.TaskState.RUNNING;
import static io.windrow.task.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.ControlResult;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskSelection;
import io.windrow.task.Attempt;
import io.windrow.task.BackOff;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a pool does with tasks that are made of stages, declared ones and parts done by hand. */
abstract class StageContract {
  private static final String TRAINING = "training";
  private static final String REPORTS = "reports";
  private static final Terms SLOW_TERMS =
      new Terms(
          2,
          new BackOff(Duration.ofSeconds(100), Duration.ofSeconds(100), 0),
          Duration.ofMinutes(5));

  /** An empty pool. */
  abstract TaskPool pool();

  abstract TaskManager manager();

  /** The clock of {@link #pool()}: it ticks, and can be set forward. */
  abstract AdvancingClock clock();

  // ---- the way through

  @Test
  void stages_run_one_after_another_each_on_its_queue_and_with_its_definition() {
    NewTask staged = insert(staged());
    Claim training = claimOn(TRAINING);
    assertThat(training.task().work()).containsEntry("record", List.of()).containsKey("model");

    assertThat(commit(training, succeeded(Map.of("IC", 0.1, "loss", 2.0))))
        .isInstanceOfSatisfying(
            CommitResult.Committed.class, done -> assertThat(done.state()).isEqualTo(PART_DONE));
    assertThat(find(staged).earlier())
        .containsExactly(
            new TaskResult(
                training.recorderId(), training.token(), Map.of("IC", 0.1, "loss", 2.0)));
    assertThat(pool().stat("p").block()).containsExactly(Map.entry(PART_DONE, 1L));
    assertThat(pool().advanceStages().block()).isEqualTo(1);
    assertThat(pool().advanceStages().block()).isZero();

    assertThat(pool().runnable(TRAINING, 9).collectList().block()).isEmpty();
    assertThat(find(staged))
        .extracting(Task::state, Task::queue, Task::attempt, Task::terms)
        .containsExactly(WAITING, REPORTS, 0, SLOW_TERMS);
    Claim report = claimOn(REPORTS);
    assertThat(report.task().work()).doesNotContainKey("model").containsEntry("record", "all");
    assertThat(report.previousRecorder()).isEqualTo(training.recorderId());
    commit(report, succeeded(Map.of("loss", 1.0)));

    Task done = find(staged);
    assertThat(done.state()).isEqualTo(DONE);
    assertThat(done.result())
        .isEqualTo(
            new TaskResult(report.recorderId(), report.token(), Map.of("IC", 0.1, "loss", 1.0)));
    assertThat(done.history())
        .extracting(Attempt::stage, Attempt::attempt, Attempt::outcome)
        .containsExactly(tuple("train", 1, "part_done"), tuple("report", 1, "done"));
    assertThat(pool().unpublished(Duration.ZERO, 9).map(Task::id).collectList().block())
        .containsExactly(staged.id());
  }

  @Test
  void a_part_done_task_is_in_no_outbox_and_its_stale_worker_cannot_record_again() {
    insert(staged());
    Claim training = claimOn(TRAINING);
    CommitResult first = commit(training, succeeded(Map.of()));

    assertThat(pool().unpublished(Duration.ZERO, 9).collectList().block()).isEmpty();
    assertThat(commit(training, succeeded(Map.of("IC", 9.0)))).isEqualTo(first);
    pool().advanceStages().block();
    assertThat(commit(training, succeeded(Map.of("IC", 9.0)))).isEqualTo(first);
    assertThat(pool().heartbeat(training).block()).isFalse();
    assertThat(find(staged()).resultOf(training.token())).isNotNull();
  }

  @Test
  void the_id_says_the_stages_but_neither_their_queues_nor_their_terms() {
    NewTask staged = staged();
    NewTask elsewhere =
        task(
            List.of(
                new Stage("train", staged.stages().get(0).change(), "other", Terms.DEFAULT),
                new Stage("report", staged.stages().get(1).change(), "other", Terms.DEFAULT)));
    NewTask otherwise =
        task(
            List.of(new Stage("train", Map.of(), TRAINING, Terms.DEFAULT), staged.stages().get(1)));

    assertThat(elsewhere.id()).isEqualTo(staged.id());
    assertThat(List.of(otherwise.id(), plain().id())).doesNotContain(staged.id());
  }

  // ---- failures

  @Test
  void a_failed_stage_is_tried_again_alone_and_on_its_own_terms() {
    insert(staged());
    Claim training = claimOn(TRAINING);
    commit(training, succeeded(Map.of()));
    pool().advanceStages().block();

    commit(claimOn(REPORTS), failed());
    Task again = find(staged());
    assertThat(again.state()).isEqualTo(WAITING);
    assertThat(again.queue()).isEqualTo(REPORTS);
    assertThat(Duration.between(again.updatedAt(), again.notBefore()))
        .isEqualTo(Duration.ofSeconds(100));
    clock().advance(Duration.ofSeconds(101));
    Claim second = claimOn(REPORTS);
    assertThat(second.task().attempt()).isEqualTo(2);
    commit(second, failed());

    Task failed = find(staged());
    assertThat(failed.state()).isEqualTo(FAILED);
    assertThat(failed.earlier()).extracting(TaskResult::claim).containsExactly(training.token());
    assertThat(failed.history())
        .extracting(Attempt::stage, Attempt::attempt, Attempt::outcome)
        .containsExactly(
            tuple("train", 1, "part_done"),
            tuple("report", 1, "retry"),
            tuple("report", 2, "failed"));
  }

  @Test
  void a_replay_goes_on_at_the_failed_stage_or_from_the_first() {
    NewTask staged = insert(staged());
    failSecondStage();

    assertThat(replayed(staged, false))
        .extracting(Task::state, Task::queue, Task::attempt, task -> task.stage().name())
        .containsExactly(WAITING, REPORTS, 0, "report");
    commit(claimOn(REPORTS), new Outcome.Failed(FailureKind.FATAL, "Boom", "it broke", ""));
    assertThat(replayed(staged, true))
        .extracting(Task::state, Task::queue, Task::terms, task -> task.stage().name())
        .containsExactly(WAITING, TRAINING, Terms.DEFAULT, "train");
    assertThat(find(staged).earlier()).isEmpty();

    commit(claimOn(TRAINING), succeeded(Map.of()));
    pool().advanceStages().block();
    commit(claimOn(REPORTS), succeeded(Map.of()));
    assertThat(find(staged).state()).isEqualTo(DONE);
    assertThat(find(staged).history()).hasSize(5);
  }

  @Test
  void a_lost_worker_costs_an_attempt_at_its_stage_only() {
    insert(staged());
    commit(claimOn(TRAINING), succeeded(Map.of()));
    pool().advanceStages().block();
    claimOn(REPORTS);

    Awaitility.await()
        .pollInterval(Duration.ofMillis(30))
        .atMost(TaskPoolContract.BUSY)
        .until(() -> !reap().isEmpty());

    assertThat(find(staged()))
        .extracting(Task::state, Task::queue, Task::attempt)
        .containsExactly(WAITING, REPORTS, 1);
  }

  // ---- steering

  @Test
  void pausing_between_stages_holds_the_next_one() {
    NewTask staged = insert(staged());
    commit(claimOn(TRAINING), succeeded(Map.of()));
    assertThat(pool().pause(staged.id(), "later").block())
        .isInstanceOf(ControlResult.Changed.class);

    assertThat(pool().advanceStages().block()).isZero();
    assertThat(find(staged)).extracting(Task::state, Task::paused).containsExactly(PART_DONE, true);
    pool().resume(staged.id()).block();
    assertThat(pool().advanceStages().block()).isEqualTo(1);
    assertThat(claimOn(REPORTS).task().stage().name()).isEqualTo("report");
  }

  @Test
  void a_task_cancelled_between_stages_goes_on_at_the_next_one_when_it_is_retried() {
    NewTask staged = insert(staged());
    commit(claimOn(TRAINING), succeeded(Map.of()));
    assertThat(pool().cancel(staged.id(), "not now").block()).isTrue();
    assertThat(find(staged).state()).isEqualTo(CANCELLED);
    assertThat(pool().advanceStages().block()).isZero();

    assertThat(replayed(staged, false))
        .extracting(Task::state, Task::queue)
        .containsExactly(WAITING, REPORTS);
  }

  @Test
  void a_running_second_stage_that_is_recalled_or_reset_stays_the_second_stage() {
    NewTask staged = insert(staged());
    commit(claimOn(TRAINING), succeeded(Map.of()));
    pool().advanceStages().block();
    claimOn(REPORTS);
    pool().recall(staged.id(), "paused pool").block();
    claimOn(REPORTS);
    manager().resetWaiting(TaskSelection.ofPool("p"), true, Duration.ZERO).block();

    assertThat(find(staged))
        .extracting(Task::state, Task::queue, Task::attempt)
        .containsExactly(WAITING, REPORTS, 0);
    assertThat(find(staged).history())
        .extracting(Attempt::stage, Attempt::outcome)
        .containsExactly(
            tuple("train", "part_done"), tuple("report", "handed_back"), tuple("report", "reset"));
  }

  @Test
  void resetting_a_failed_stage_to_waiting_keeps_the_stages_before_it() {
    NewTask staged = insert(staged());
    failSecondStage();
    manager().resetStatus(TaskSelection.ofPool("p"), WAITING, "again").block();

    assertThat(find(staged))
        .extracting(Task::state, Task::queue, Task::attempt)
        .containsExactly(WAITING, REPORTS, 0);
    assertThat(manager().remove(TaskSelection.ofPool("p"), false).block().changed()).isEqualTo(1);
  }

  // ---- by hand, as Qlib's run_task does

  @Test
  void a_part_done_by_hand_is_fetched_as_such_and_finished() {
    NewTask plain = insert(plain());
    Claim first = fetch(WAITING);
    assertThat(commit(first, new Outcome.PartDone(Map.of("IC", 0.1))))
        .isInstanceOf(CommitResult.Committed.class);
    assertThat(find(plain).state()).isEqualTo(PART_DONE);
    assertThat(pool().advanceStages().block()).isZero();
    assertThat(manager().fetch(TaskSelection.ofPool("p"), WAITING, "w").block()).isNull();

    Claim second = fetch(PART_DONE);
    assertThat(second.previousRecorder()).isEqualTo(first.recorderId());
    assertThat(second.task().state()).isEqualTo(RUNNING);
    commit(second, succeeded(Map.of()));
    assertThat(find(plain).state()).isEqualTo(DONE);
    assertThat(find(plain).result().metrics()).containsEntry("IC", 0.1);
  }

  @Test
  void a_part_after_which_nothing_follows_is_refused_and_may_still_be_committed_as_done() {
    insert(plain());
    commit(fetch(WAITING), new Outcome.PartDone(Map.of()));
    Claim second = fetch(PART_DONE);

    assertThat(commit(second, new Outcome.PartDone(Map.of())))
        .isInstanceOf(CommitResult.Refused.class);
    assertThat(pool().heartbeat(second).block()).isTrue();
    assertThat(commit(second, succeeded(Map.of()))).isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void the_rest_of_a_task_that_fails_or_is_returned_is_part_done_again() {
    NewTask plain = insert(plain());
    commit(fetch(WAITING), new Outcome.PartDone(Map.of()));
    commit(fetch(PART_DONE), new Outcome.HandedBack("returned"));
    assertThat(find(plain)).extracting(Task::state).isEqualTo(PART_DONE);
    commit(fetch(PART_DONE), failed());
    assertThat(find(plain)).extracting(Task::state).isEqualTo(PART_DONE);
    clock().advance(Duration.ofSeconds(60));
    commit(fetch(PART_DONE), new Outcome.Failed(FailureKind.FATAL, "Boom", "it broke", ""));
    assertThat(find(plain)).extracting(Task::state).isEqualTo(FAILED);

    assertThat(replayed(plain, false).state()).isEqualTo(PART_DONE);
    commit(fetch(PART_DONE), new Outcome.Failed(FailureKind.FATAL, "Boom", "it broke", ""));
    assertThat(replayed(plain, true))
        .extracting(Task::state, task -> task.earlier().size())
        .containsExactly(WAITING, 0);
  }

  @Test
  void a_task_between_two_stages_is_nobodys_to_fetch() {
    NewTask staged = insert(staged());
    commit(claimOn(TRAINING), succeeded(Map.of()));

    assertThat(manager().fetch(TaskSelection.ofPool("p"), PART_DONE, "w").block()).isNull();
    Task between = find(staged);
    assertThat(pool().claim(between.id(), between.version(), "w").block())
        .isInstanceOf(ClaimResult.Stale.class);
  }

  // ---- words of these tests

  private static NewTask staged() {
    return task(
        List.of(
            new Stage("train", Map.of("record", List.of()), TRAINING, Terms.DEFAULT),
            new Stage("report", Map.of("model", "__DROP__"), REPORTS, SLOW_TERMS)));
  }

  private static NewTask plain() {
    return task(List.of(Stage.only("default", Terms.DEFAULT)));
  }

  private static NewTask task(List<Stage> stages) {
    Map<String, Object> definition = Map.of("model", Map.of("class", "LGBModel"), "record", "all");
    return new NewTask("p", "exp", "submission", 0, 0, definition, null, List.of(), stages);
  }

  private NewTask insert(NewTask task) {
    assertThat(pool().insert(List.of(task)).block()).isEqualTo(1);
    return task;
  }

  private Task find(NewTask task) {
    return Objects.requireNonNull(pool().find(task.id()).block());
  }

  private Claim claimOn(String queue) {
    Task next = Objects.requireNonNull(pool().runnable(queue, 1).blockFirst());
    Task queued = Objects.requireNonNull(pool().enqueue(List.of(next)).block()).get(0);
    return TaskPoolContract.claimed(pool().claim(queued.id(), queued.version(), "w").block());
  }

  private Claim fetch(TaskState from) {
    return TaskPoolContract.claimed(
        manager().fetch(TaskSelection.ofPool("p"), from, "client").block());
  }

  private CommitResult commit(Claim claim, Outcome outcome) {
    return Objects.requireNonNull(pool().commit(claim, outcome).block());
  }

  private static Outcome succeeded(Map<String, Double> metrics) {
    return new Outcome.Succeeded(metrics);
  }

  private static Outcome failed() {
    return new Outcome.Failed(FailureKind.RETRYABLE, "Boom", "it broke", "last line");
  }

  private void failSecondStage() {
    commit(claimOn(TRAINING), succeeded(Map.of()));
    pool().advanceStages().block();
    commit(claimOn(REPORTS), new Outcome.Failed(FailureKind.FATAL, "Boom", "it broke", ""));
  }

  private Task replayed(NewTask task, boolean fromFirst) {
    ControlResult result = pool().replay(task.id(), fromFirst).block();
    assertThat(result).isInstanceOf(ControlResult.Changed.class);
    return ((ControlResult.Changed) Objects.requireNonNull(result)).task();
  }

  private List<Task> reap() {
    return new ArrayList<>(
        Objects.requireNonNull(pool().reapExpired(Duration.ofMillis(300)).collectList().block()));
  }
}
