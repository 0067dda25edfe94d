package io.windrow.store;

import static io.windrow.task.TaskState.CANCELLED;
import static io.windrow.task.TaskState.DONE;
import static io.windrow.task.TaskState.FAILED;
import static io.windrow.task.TaskState.RUNNING;
import static io.windrow.task.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.ControlResult;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskCount;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.task.Attempt;
import io.windrow.task.BackOff;
import io.windrow.task.Dependency;
import io.windrow.task.Dependency.On;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What every {@link TaskPool} keeps to. */
abstract class TaskPoolContract {
  private static final Duration LEASE = Duration.ofMillis(300);
  static final StoreSettings SETTINGS =
      new StoreSettings(Duration.ofSeconds(8), Duration.ofSeconds(20), Duration.ofSeconds(1));

  /** An empty pool. */
  abstract TaskPool pool();

  abstract PoolLimits limits();

  abstract PoolLimits queueLimits();

  /** The chance that spreads the waits of failed tasks. */
  abstract AtomicReference<Double> chance();

  abstract SubmissionStore submissions();

  /** The clock of {@link #pool()}: it ticks, and can be set forward. */
  abstract AdvancingClock clock();

  // ---- insert

  @Test
  void inserting_again_adds_only_what_is_new() {
    assertThat(insert(task(1), task(2))).isEqualTo(2);
    Task before = find(task(1));

    assertThat(insert(task(1), task(2), task(3))).isEqualTo(1);

    assertThat(find(task(1))).isEqualTo(before);
    assertThat(pool().stat("p").block()).isEqualTo(Map.of(WAITING, 3L));
  }

  @Test
  void two_threads_insert_the_same_tasks_once() {
    List<NewTask> tasks = IntStream.range(0, 300).mapToObj(TaskPoolContract::task).toList();

    List<Integer> counts =
        Flux.range(0, 2)
            .flatMap(i -> pool().insert(tasks).subscribeOn(Schedulers.boundedElastic()))
            .collectList()
            .block();

    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(300);
    assertThat(pool().stat("p").block()).isEqualTo(Map.of(WAITING, 300L));
  }

  @Test
  void a_definition_comes_back_as_it_was() {
    Map<String, Object> kwargs = new LinkedHashMap<>();
    kwargs.put("learning_rate", 0.0421);
    kwargs.put("num_threads", 20L);
    kwargs.put("large", 9_007_199_254_740_993L);
    kwargs.put("tiny", 1e-300);
    kwargs.put("nothing", null);
    kwargs.put("with.dot", List.of(Map.of("$dollar", true), 1L, 2.5));
    kwargs.put("50%2E", "percent");
    NewTask task = task(1, Map.of("model", Map.of("class", "LGBModel", "kwargs", kwargs)));

    insert(task);

    assertThat(find(task).definition()).isEqualTo(task.definition());
    assertThat(find(task).id()).isEqualTo(task.id());
  }

  @Test
  void a_longer_calendar_supersedes_the_open_window() {
    NewTask may = open("2026-05-29");
    NewTask june = open("2026-06-30");
    insert(may);
    assertThat(insert(june)).isEqualTo(1);

    Task old = find(may);
    assertThat(old.supersededBy()).isEqualTo(june.id());
    assertThat(old.state()).isEqualTo(CANCELLED);
    assertThat(find(june).state()).isEqualTo(WAITING);

    insert(may); // nothing is turned back by the shorter calendar
    assertThat(find(june).supersededBy()).isNull();
  }

  @Test
  void a_superseded_task_that_runs_is_marked_and_left_to_finish() {
    insert(open("2026-05-29"));
    Claim claim = claimNext("w");

    insert(open("2026-06-30"));

    assertThat(find(claim.task().id()).state()).isEqualTo(RUNNING);
    assertThat(find(claim.task().id()).supersededBy()).isEqualTo(open("2026-06-30").id());
    assertThat(commit(claim, succeeded())).isInstanceOf(CommitResult.Committed.class);
  }

  // ---- choice

  @Test
  void best_priority_first_then_pools_in_turn_then_sequence() {
    insert(
        task("a", 0, 1),
        task("a", 0, 2),
        task("a", 0, 3),
        task("b", 0, 1),
        task("b", 0, 2),
        task("c", 9, 5),
        task("c", 9, 4));

    assertThat(runnable(10)).containsExactly("c4", "c5", "a1", "b1", "a2", "b2", "a3");
    assertThat(runnable(3)).containsExactly("c4", "c5", "a1");
  }

  @Test
  void a_pool_with_tasks_under_way_comes_after_one_without() {
    insert(task("a", 0, 1), task("a", 0, 2), task("b", 0, 1));
    enqueue(find(task("a", 0, 1)));

    assertThat(runnable(2)).containsExactly("b1", "a2");
  }

  @Test
  void only_waiting_tasks_of_the_queue_whose_time_has_come_are_runnable() {
    insert(task(1), task(2));
    commit(claimNext("w"), failed(FailureKind.RETRYABLE));

    assertThat(runnable(10)).containsExactly("p2");
    clock().advance(Duration.ofSeconds(10));
    assertThat(runnable(10)).containsExactly("p1", "p2");
    assertThat(pool().runnable("other", 10).collectList().block()).isEmpty();
  }

  @Test
  void a_paused_pool_is_not_runnable_and_its_queued_tasks_are_deferred_uncharged() {
    insert(task(1), task(2));
    Task queued = enqueue(next()).get(0);

    limits().set(new Limit("p", true, Integer.MAX_VALUE)).block();

    assertThat(runnable(10)).isEmpty();
    assertThat(pool().claim(queued.id(), queued.version(), "w").block())
        .isEqualTo(new ClaimResult.Deferred("pool 'p' is paused", SETTINGS.defer()));
    Task back = find(queued.id());
    assertThat(back.state()).isEqualTo(WAITING);
    assertThat(back.attempt()).isZero();

    limits().set(Limit.none("p")).block();
    clock().advance(SETTINGS.defer());
    assertThat(runnable(10)).containsExactly("p1", "p2");
  }

  @Test
  void a_pool_at_its_limit_starts_nothing_more() {
    insert(task(1), task(2));
    List<Task> queued = enqueue(next(), find(task(2)));
    limits().set(new Limit("p", false, 1)).block();

    assertThat(claim(queued.get(0), "w")).isInstanceOf(ClaimResult.Claimed.class);
    assertThat(claim(queued.get(1), "w")).isInstanceOf(ClaimResult.Deferred.class);

    clock().advance(SETTINGS.defer());
    assertThat(runnable(10)).isEmpty();
  }

  // ---- announce

  @Test
  void enqueue_moves_what_is_still_as_read_and_tells_which() {
    insert(task(1), task(2), task(3));
    List<Task> read = pool().runnable("default", 10).collectList().block();
    assertThat(pool().cancel(task(2).id(), "not wanted").block()).isTrue();

    List<Task> moved = pool().enqueue(read).block();

    assertThat(moved).extracting(Task::seq).containsExactlyInAnyOrder(1L, 3L);
    assertThat(moved).allSatisfy(t -> assertThat(find(t.id())).isEqualTo(t));
    assertThat(pool().queued("default").block()).isEqualTo(2);
    assertThat(pool().enqueue(read).block()).isEmpty();
  }

  @Test
  void a_long_queued_task_is_announced_again_under_its_version() {
    insert(task(1));
    Task queued = enqueue(next()).get(0);
    Duration age = Duration.ofMinutes(1);
    assertThat(pool().queuedLongerThan("default", age, 10).collectList().block()).isEmpty();

    clock().advance(age);
    assertThat(pool().queuedLongerThan("default", age, 10).collectList().block())
        .containsExactly(queued);

    pool().announced(List.of(queued)).block();
    assertThat(pool().queuedLongerThan("default", age, 10).collectList().block()).isEmpty();
    assertThat(claim(queued, "w")).isInstanceOf(ClaimResult.Claimed.class);
  }

  // ---- claim

  @Test
  void one_of_two_claimers_wins() {
    for (int i = 0; i < 20; i++) {
      insert(task(i));
      Task queued = enqueue(find(task(i))).get(0);

      List<ClaimResult> results =
          Flux.just("w1", "w2", "w3")
              .flatMap(
                  w ->
                      pool()
                          .claim(queued.id(), queued.version(), w)
                          .subscribeOn(Schedulers.boundedElastic()))
              .collectList()
              .block();

      assertThat(results).filteredOn(r -> r instanceof ClaimResult.Claimed).hasSize(1);
      assertThat(results).filteredOn(r -> r instanceof ClaimResult.Stale).hasSize(2);
    }
  }

  @Test
  void a_claim_has_the_lease_the_token_and_the_charged_attempt() {
    insert(task(1));
    Claim claim = claimNext("w7");

    Task task = find(claim.task().id());
    assertThat(task).isEqualTo(claim.task());
    assertThat(task.state()).isEqualTo(RUNNING);
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.lease().worker()).isEqualTo("w7");
    assertThat(task.lease().claim()).isEqualTo(claim.token());
    assertThat(task.lease().beat()).isZero();
  }

  @Test
  void an_announcement_of_an_older_version_is_stale() {
    insert(task(1));
    Task queued = enqueue(next()).get(0);
    Claim claim = claimed(claim(queued, "w"));
    commit(claim, handedBack());

    assertThat(claim(queued, "w")).isInstanceOf(ClaimResult.Stale.class);
    assertThat(pool().claim("no such task", 1, "w").block()).isInstanceOf(ClaimResult.Stale.class);
  }

  @Test
  void a_finished_task_is_never_claimed() {
    insert(task(1));
    commit(claimNext("w"), succeeded());
    Task done = find(task(1));

    assertThat(claim(done, "w")).isInstanceOf(ClaimResult.Stale.class);
    assertThat(find(task(1))).isEqualTo(done);
  }

  // ---- outcomes

  @Test
  void success_is_done_with_its_result() {
    insert(task(1));
    Claim claim = claimNext("w");

    CommitResult result = commit(claim, new Outcome.Succeeded(Map.of("l2.valid", 0.99)));

    Task task = find(task(1));
    assertThat(result).isEqualTo(new CommitResult.Committed(DONE, task.version()));
    assertThat(task.state()).isEqualTo(DONE);
    assertThat(task.lease()).isNull();
    assertThat(task.result().recorder()).isEqualTo(claim.recorderId());
    assertThat(task.result().claim()).isEqualTo(claim.token());
    assertThat(task.result().metrics()).isEqualTo(Map.of("l2.valid", 0.99));
    assertThat(task.history()).extracting(Attempt::outcome).containsExactly("done");
  }

  @Test
  void a_fatal_failure_is_final() {
    insert(task(1));
    commit(claimNext("w"), failed(FailureKind.FATAL));

    Task task = find(task(1));
    assertThat(task.state()).isEqualTo(FAILED);
    Attempt attempt = task.history().get(0);
    assertThat(attempt.outcome()).isEqualTo("failed");
    assertThat(attempt.worker()).isEqualTo("w");
    assertThat(attempt.errorClass()).isEqualTo("Boom");
    assertThat(attempt.message()).isEqualTo("it broke");
    assertThat(attempt.logTail()).isEqualTo("last line");
  }

  @Test
  void a_retryable_failure_waits_longer_each_time_until_attempts_are_used_up() {
    insert(task(1)); // three attempts
    List<Duration> waits = new ArrayList<>();
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThat(commit(claimNext("w"), failed(FailureKind.RETRYABLE)))
          .extracting("state")
          .isEqualTo(WAITING);
      Task task = find(task(1));
      waits.add(Duration.between(task.updatedAt(), task.notBefore()));
      clock().advance(Duration.ofSeconds(30));
    }
    assertThat(commit(claimNext("w"), failed(FailureKind.RETRYABLE)))
        .extracting("state")
        .isEqualTo(FAILED);

    assertThat(waits.get(0)).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(10));
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(20));
    assertThat(find(task(1)).history())
        .extracting(Attempt::outcome)
        .containsExactly("retry", "retry", "failed");
    assertThat(find(task(1)).history()).extracting(Attempt::attempt).containsExactly(1, 2, 3);
  }

  @Test
  void a_task_handed_back_is_not_charged_and_may_run_at_once() {
    insert(task(1));
    commit(claimNext("w1"), handedBack());

    assertThat(find(task(1)).attempt()).isZero();
    Claim second = claimNext("w2");
    assertThat(second.task().attempt()).isEqualTo(1);
    assertThat(second.task().history()).extracting(Attempt::outcome).containsExactly("handed_back");
    assertThat(second.task().history()).extracting(Attempt::attempt).containsExactly(1);
  }

  @Test
  void committing_again_gives_the_outcome_first_recorded() {
    insert(task(1));
    Claim claim = claimNext("w");
    CommitResult first = commit(claim, failed(FailureKind.RETRYABLE));

    assertThat(commit(claim, succeeded())).isEqualTo(first);
    assertThat(find(task(1)).history()).hasSize(1);
  }

  @Test
  void versions_only_rise_and_are_never_before_the_present() {
    Instant begin = clock().instant();
    insert(task(1));
    List<Long> versions = new ArrayList<>();
    versions.add(find(task(1)).version());
    versions.add(enqueue(next()).get(0).version());
    Claim claim = claimed(claim(find(task(1)), "w"));
    versions.add(claim.version());
    commit(claim, succeeded());
    versions.add(find(task(1)).version());

    assertThat(versions).isSorted().doesNotHaveDuplicates();
    assertThat(versions.get(0)).isGreaterThanOrEqualTo(begin.toEpochMilli() * 1000);
  }

  // ---- leases

  @Test
  void a_worker_that_beats_keeps_its_task_and_one_that_does_not_loses_it() {
    insert(task(1), task(2));
    Claim silent = claimNext("silent");
    Claim alive = claimNext("alive");

    List<Task> reaped = new ArrayList<>();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(30))
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              assertThat(pool().heartbeat(alive).block()).isTrue();
              reaped.addAll(reap());
              return !reaped.isEmpty();
            });

    assertThat(reaped).extracting(Task::id).containsExactly(silent.task().id());
    assertThat(find(silent.task().id())).isEqualTo(reaped.get(0));
    assertThat(reaped.get(0).state()).isEqualTo(WAITING);
    assertThat(reaped.get(0).attempt()).isEqualTo(1);
    assertThat(reaped.get(0).history()).extracting(Attempt::outcome).containsExactly("expired");
    assertThat(find(alive.task().id()).state()).isEqualTo(RUNNING);
    assertThat(find(alive.task().id()).version()).isEqualTo(alive.version());
  }

  @Test
  void a_reaped_worker_can_write_nothing_any_more() {
    insert(task(1));
    Claim claim = claimNext("paused");
    reapOne();
    Task after = find(task(1));

    assertThat(pool().heartbeat(claim).block()).isFalse();
    assertThat(commit(claim, succeeded())).isEqualTo(new CommitResult.Fenced());
    assertThat(commit(claim, failed(FailureKind.FATAL))).isEqualTo(new CommitResult.Fenced());
    assertThat(commit(claim, handedBack())).isEqualTo(new CommitResult.Fenced());
    assertThat(find(task(1))).isEqualTo(after);

    Claim second = claimNext("other");
    assertThat(commit(claim, succeeded())).isEqualTo(new CommitResult.Fenced());
    assertThat(commit(second, succeeded())).isInstanceOf(CommitResult.Committed.class);
    assertThat(find(task(1)).result().claim()).isEqualTo(second.token());
  }

  @Test
  void the_last_attempt_that_expires_fails_the_task() {
    insert(task(1));
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(find(task(1)).state()).isEqualTo(WAITING);
      claimNext("w" + attempt);
      reapOne();
    }

    assertThat(find(task(1)).state()).isEqualTo(FAILED);
    assertThat(unpublished()).extracting(Task::id).containsExactly(task(1).id());
  }

  @Test
  void after_a_gap_in_its_reads_the_reaper_waits_one_lease() {
    insert(task(1));
    claimNext("w");
    Instant begin = Instant.now();

    reapOne();

    assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(LEASE);
    claimNext("w");
    clock().advance(LEASE); // as if this process had been paused
    assertThat(reap()).isEmpty();
  }

  // ---- cancel

  @Test
  void a_task_in_any_unfinished_state_can_be_cancelled() {
    insert(task(1), task(2), task(3));
    Claim running = claimNext("w");
    enqueue(next());

    for (int i = 1; i <= 3; i++) {
      assertThat(pool().cancel(task(i).id(), "enough").block()).isTrue();
      assertThat(pool().cancel(task(i).id(), "again").block()).isFalse();
      assertThat(find(task(i)).state()).isEqualTo(CANCELLED);
      assertThat(find(task(i)).history()).last().extracting(Attempt::message).isEqualTo("enough");
    }
    assertThat(pool().heartbeat(running).block()).isFalse();
    assertThat(commit(running, succeeded())).isEqualTo(new CommitResult.Fenced());
    assertThat(pool().cancel("no such task", "").block()).isFalse();
  }

  // ---- terms

  @Test
  void a_workflows_own_back_off_is_kept_and_used() {
    Terms terms =
        new Terms(
            3,
            new BackOff(Duration.ofSeconds(100), Duration.ofSeconds(300), 0.5),
            Duration.ofMinutes(30));
    insert(task(1, terms));
    assertThat(find(task(1)).terms()).isEqualTo(terms);
    List<Duration> waits = new ArrayList<>();
    for (double each : new double[] {0.5, 0}) {
      chance().set(each);
      commit(claimNext("w"), failed(FailureKind.RETRYABLE));
      Task task = find(task(1));
      waits.add(Duration.between(task.updatedAt(), task.notBefore()));
      clock().advance(Duration.ofSeconds(301));
    }

    assertThat(waits).containsExactly(Duration.ofSeconds(100), Duration.ofSeconds(100));
  }

  @Test
  void an_attempt_that_outlives_its_time_out_by_a_lease_is_taken_from_its_worker() {
    insert(task(1, new Terms(3, null, Duration.ofMillis(50))), task(2));
    Claim stuck = claimNext("stuck");
    Claim other = claimNext("other");

    List<Task> reaped = new ArrayList<>();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(30))
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              pool().heartbeat(stuck).block();
              pool().heartbeat(other).block();
              reaped.addAll(reap());
              return !reaped.isEmpty();
            });

    assertThat(reaped).extracting(Task::id).containsExactly(stuck.task().id());
    Task task = find(task(1));
    assertThat(task.state()).isEqualTo(WAITING);
    assertThat(task.history()).last().extracting(Attempt::errorClass).isEqualTo("TimedOut");
    assertThat(task.notBefore()).isAfter(task.updatedAt());
    assertThat(commit(stuck, succeeded())).isEqualTo(new CommitResult.Fenced());
    assertThat(find(task(2)).state()).isEqualTo(RUNNING);
  }

  // ---- replay, pause, resume

  @Test
  void a_failed_task_is_replayed_with_all_attempts_and_its_history() {
    insert(task(1));
    commit(claimNext("w"), failed(FailureKind.FATAL));

    ControlResult result = pool().replay(task(1).id()).block();

    Task task = find(task(1));
    assertThat(result).isEqualTo(new ControlResult.Changed(task));
    assertThat(task.state()).isEqualTo(WAITING);
    assertThat(task.attempt()).isZero();
    assertThat(task.history()).extracting(Attempt::outcome).containsExactly("failed");
    assertThat(unpublished()).isEmpty();
    commit(claimNext("w"), succeeded());
    assertThat(find(task(1)).state()).isEqualTo(DONE);
    assertThat(pool().replay(task(1).id()).block())
        .isInstanceOfSatisfying(
            ControlResult.Refused.class, refused -> assertThat(refused.state()).isEqualTo(DONE));
    assertThat(pool().replay("no such task").block()).isEqualTo(new ControlResult.Unknown());
  }

  @Test
  void a_cancelled_task_is_replayed_unless_it_was_superseded() {
    insert(task(1), open("2026-05-29"));
    pool().cancel(task(1).id(), "not now").block();
    insert(open("2026-06-30"));

    assertThat(pool().replay(task(1).id()).block()).isInstanceOf(ControlResult.Changed.class);
    assertThat(pool().replay(open("2026-05-29").id()).block())
        .isInstanceOf(ControlResult.Refused.class);
    assertThat(find(open("2026-05-29")).state()).isEqualTo(CANCELLED);
  }

  @Test
  void of_two_replays_one_counts() {
    for (int i = 0; i < 10; i++) {
      insert(task(i));
      pool().cancel(task(i).id(), "not now").block();
      String id = task(i).id();

      List<ControlResult> results =
          Flux.range(0, 3)
              .flatMap(n -> pool().replay(id).subscribeOn(Schedulers.boundedElastic()))
              .collectList()
              .block();

      assertThat(results).filteredOn(ControlResult.Changed.class::isInstance).hasSize(1);
    }
  }

  @Test
  void a_paused_task_leaves_its_worker_uncharged_and_waits_for_its_resumption() {
    insert(task(1), task(2));
    Claim running = claimNext("w");
    enqueue(next());

    for (int i = 1; i <= 2; i++) {
      assertThat(pool().pause(task(i).id(), "lunch").block())
          .isInstanceOf(ControlResult.Changed.class);
      assertThat(find(task(i)).state()).isEqualTo(WAITING);
      assertThat(find(task(i)).paused()).isTrue();
      assertThat(find(task(i)).attempt()).isZero();
      assertThat(pool().pause(task(i).id(), "again").block())
          .isInstanceOf(ControlResult.Refused.class);
    }
    assertThat(pool().heartbeat(running).block()).isFalse();
    assertThat(commit(running, succeeded())).isEqualTo(new CommitResult.Fenced());
    assertThat(find(task(1)).history()).last().extracting(Attempt::message).isEqualTo("lunch");
    clock().advance(Duration.ofDays(1));
    assertThat(runnable(10)).isEmpty();

    assertThat(pool().resume(task(1).id()).block()).isInstanceOf(ControlResult.Changed.class);
    assertThat(pool().resume(task(1).id()).block()).isInstanceOf(ControlResult.Refused.class);
    assertThat(runnable(10)).containsExactly("p1");
  }

  @Test
  void a_paused_task_can_be_cancelled_and_is_then_no_longer_paused() {
    insert(task(1));
    pool().pause(task(1).id(), "lunch").block();
    pool().cancel(task(1).id(), "never mind").block();
    pool().replay(task(1).id()).block();

    assertThat(find(task(1)).paused()).isFalse();
    assertThat(runnable(10)).containsExactly("p1");
  }

  @Test
  void a_recalled_task_may_run_again_at_once_uncharged() {
    insert(task(1));
    Claim running = claimNext("w");

    assertThat(pool().recall(task(1).id(), "pool paused").block())
        .isInstanceOf(ControlResult.Changed.class);

    assertThat(pool().heartbeat(running).block()).isFalse();
    assertThat(pool().recall(task(1).id(), "again").block())
        .isInstanceOf(ControlResult.Refused.class);
    assertThat(claimNext("w").task().attempt()).isEqualTo(1);
  }

  // ---- dependencies

  @Test
  void a_dependent_waits_for_the_success_of_the_other() {
    insert(task(1), after(2, new Dependency(task(1).id(), On.SUCCESS, "IC > 0.01")));
    settle();
    assertThat(find(task(2)).blocked()).isTrue();
    assertThat(runnable(10)).containsExactly("p1");

    commit(claimNext("w"), succeeded());
    settle();

    assertThat(find(task(2)).blocked()).isFalse();
    assertThat(runnable(10)).containsExactly("p2");
    assertThat(settle()).isEmpty();
  }

  @Test
  void an_unmet_dependency_ends_its_dependents_and_theirs_with_the_reason() {
    insert(
        task(1),
        after(2, new Dependency(task(1).id(), On.SUCCESS, null)),
        after(3, new Dependency(task(2).id(), On.SUCCESS, null)),
        after(4, new Dependency(task(1).id(), On.FAILURE, null)),
        after(5, new Dependency(task(2).id(), On.ALWAYS, null)));
    commit(claimNext("w"), failed(FailureKind.FATAL));
    settle();

    assertThat(find(task(2)).state()).isEqualTo(CANCELLED);
    assertThat(find(task(2)).history())
        .last()
        .extracting(Attempt::message)
        .isEqualTo("depends on the success of task " + task(1).id() + ", which is failed");
    assertThat(find(task(3)).state()).isEqualTo(CANCELLED);
    assertThat(runnable(10)).containsExactly("p4", "p5");
  }

  @Test
  void replaying_the_failure_brings_back_what_was_cancelled_for_it() {
    insert(
        task(1),
        after(2, new Dependency(task(1).id(), On.SUCCESS, null)),
        after(3, new Dependency(task(2).id(), On.SUCCESS, null)),
        after(4, new Dependency(task(1).id(), On.SUCCESS, null)));
    pool().cancel(task(4).id(), "by a person").block();
    commit(claimNext("w"), failed(FailureKind.FATAL));
    settle();

    pool().replay(task(1).id()).block();
    settle();

    for (int i = 2; i <= 3; i++) {
      assertThat(find(task(i)).state()).isEqualTo(WAITING);
      assertThat(find(task(i)).blocked()).isTrue();
    }
    assertThat(find(task(4)).state()).isEqualTo(CANCELLED);
    commit(claimNext("w"), succeeded());
    settle();
    assertThat(runnable(10)).containsExactly("p2");
  }

  @Test
  void a_condition_that_does_not_hold_is_an_unmet_dependency() {
    insert(task(1), after(2, new Dependency(task(1).id(), On.SUCCESS, "IC > 0.5")));
    commit(claimNext("w"), succeeded());
    settle();

    assertThat(find(task(2)).state()).isEqualTo(CANCELLED);
    assertThat(find(task(2)).history().get(0).message()).contains("'IC > 0.5'", "IC=0.05");
  }

  @Test
  void a_dependent_that_is_paused_stays_so_when_its_dependencies_are_met() {
    insert(task(1), after(2, new Dependency(task(1).id(), On.ALWAYS, null)));
    pool().pause(task(2).id(), "later").block();
    commit(claimNext("w"), failed(FailureKind.FATAL));
    settle();

    assertThat(runnable(10)).isEmpty();
    pool().resume(task(2).id()).block();
    assertThat(runnable(10)).containsExactly("p2");
  }

  /** Until nothing changes, as the coordinator does. */
  private List<Task> settle() {
    List<Task> all = new ArrayList<>();
    for (List<Task> some = settleOnce(); !some.isEmpty(); some = settleOnce()) {
      all.addAll(some);
    }
    return all;
  }

  private List<Task> settleOnce() {
    return Objects.requireNonNull(pool().settleDependents().collectList().block());
  }

  // ---- limits

  @Test
  void claims_that_coincide_never_run_more_than_the_limit() {
    limits().set(new Limit("p", false, 2)).block();
    for (int round = 0; round < 10; round++) {
      int first = round * 10;
      for (int i = first; i < first + 6; i++) {
        insert(task(i));
      }
      List<Task> queued =
          pool()
              .enqueue(
                  pool().find(new TaskQuery("p", null, Set.of(WAITING), 6)).collectList().block())
              .block();

      List<ClaimResult> results =
          Flux.fromIterable(queued)
              .flatMap(
                  task ->
                      pool()
                          .claim(task.id(), task.version(), "w")
                          .subscribeOn(Schedulers.boundedElastic()))
              .collectList()
              .block();

      List<Claim> claims =
          results.stream()
              .filter(ClaimResult.Claimed.class::isInstance)
              .map(TaskPoolContract::claimed)
              .toList();
      assertThat(claims).hasSizeLessThanOrEqualTo(2);
      assertThat(pool().stat("p").block().getOrDefault(RUNNING, 0L))
          .isEqualTo((long) claims.size());
      claims.forEach(claim -> commit(claim, succeeded()));
      pool()
          .find(new TaskQuery("p", null, Set.of(WAITING), 10))
          .concatMap(task -> pool().cancel(task.id(), "next round"))
          .blockLast();
    }
  }

  @Test
  void a_queue_has_a_limit_over_all_pools() {
    queueLimits().set(new Limit("default", false, 1)).block();
    insert(task("a", 0, 1), task("b", 0, 1));
    assertThat(runnable(10)).containsExactly("a1");
    List<Task> queued = enqueue(find(task("a", 0, 1)), find(task("b", 0, 1)));

    assertThat(claim(queued.get(0), "w")).isInstanceOf(ClaimResult.Claimed.class);
    assertThat(claim(queued.get(1), "w"))
        .isEqualTo(
            new ClaimResult.Deferred("queue 'default' runs its limit of 1", SETTINGS.defer()));
    clock().advance(SETTINGS.defer());
    assertThat(runnable(10)).isEmpty();
    assertThat(queueLimits().list().collectList().block())
        .containsExactly(new Limit("default", false, 1));
  }

  // ---- outbox

  @Test
  void finished_tasks_stay_unpublished_until_marked_under_their_version() {
    insert(task(1), task(2), task(3), task(4));
    commit(claimNext("w"), succeeded());
    commit(claimNext("w"), failed(FailureKind.FATAL));
    commit(claimNext("w"), failed(FailureKind.RETRYABLE));
    pool().cancel(task(4).id(), "").block();
    clock().advance(Duration.ofSeconds(1));

    List<Task> finished = unpublished();
    assertThat(finished).extracting(Task::seq).containsExactlyInAnyOrder(1L, 2L, 4L);
    assertThat(pool().unpublished(Duration.ofMinutes(1), 10).collectList().block()).isEmpty();

    Task first = find(task(1));
    pool().markPublished(first.id(), first.version() - 1).block();
    assertThat(unpublished()).hasSize(3);
    pool().markPublished(first.id(), first.version()).block();
    assertThat(unpublished()).hasSize(2);
    pool().markPublished(finished).block();
    assertThat(unpublished()).isEmpty();
    assertThat(find(task(1))).isEqualTo(first);
  }

  // ---- questions

  @Test
  void counts_and_lists_agree() {
    insert(task(1), task(2), task("q", 0, 1));
    commit(claimNext("w"), succeeded());
    Map<String, Map<TaskState, Long>> expected =
        Map.of("p", Map.of(WAITING, 1L, DONE, 1L), "q", Map.of(WAITING, 1L));

    assertThat(pool().stat().block()).isEqualTo(expected);
    assertThat(pool().stat("p").block()).isEqualTo(expected.get("p"));
    assertThat(pool().stat("unknown").block()).isEmpty();
    assertThat(pool().statOfSubmission("unknown").block()).isNull();
    assertThat(pool().census().collectList().block())
        .extracting(TaskCount::pool, TaskCount::state, TaskCount::tasks, TaskCount::due)
        .containsExactlyInAnyOrder(
            tuple("p", WAITING, 1L, 1L), tuple("p", DONE, 1L, 1L), tuple("q", WAITING, 1L, 1L));
    assertThat(pool().activeQueues().collectList().block()).containsExactly("default");
    assertThat(list(new TaskQuery("p", null, Set.of(), 10))).containsExactly("p1", "p2");
    assertThat(list(new TaskQuery(null, null, Set.of(DONE), 10))).containsExactly("p1");
    assertThat(list(new TaskQuery(null, null, Set.of(), 2))).hasSize(2);
  }

  @Test
  void tasks_of_a_submission_are_those_it_expects() {
    insert(task(1), task(2), task(3));
    submissions().begin(submission("s2", task(3), task(2))).block();

    assertThat(list(new TaskQuery(null, "s2", Set.of(), 10))).containsExactly("p2", "p3");
    assertThat(list(new TaskQuery("p", "s2", Set.of(WAITING), 1))).containsExactly("p2");
    assertThat(list(new TaskQuery(null, "unknown", Set.of(), 10))).isEmpty();
  }

  // ---- words of these tests

  static NewTask task(int seq) {
    return task("p", 0, seq);
  }

  static NewTask task(String pool, int priority, int seq) {
    return task(pool, priority, seq, Map.of("n", seq), null, List.of(), Terms.DEFAULT);
  }

  static NewTask task(int seq, Map<String, Object> definition) {
    return task("p", 0, seq, definition, null, List.of(), Terms.DEFAULT);
  }

  private static NewTask task(int seq, Terms terms) {
    return task("p", 0, seq, Map.of("n", seq), null, List.of(), terms);
  }

  private static NewTask after(int seq, Dependency dependency) {
    return task("p", 0, seq, Map.of("n", seq), null, List.of(dependency), Terms.DEFAULT);
  }

  private static NewTask open(String calendarEnd) {
    return task("p", 0, 1, Map.of("n", 1), LocalDate.parse(calendarEnd), List.of(), Terms.DEFAULT);
  }

  private static NewTask task(
      String pool,
      int priority,
      int seq,
      Map<String, Object> definition,
      @Nullable LocalDate calendarEnd,
      List<Dependency> dependsOn,
      Terms terms) {
    return new NewTask(
        pool,
        "exp",
        "submission",
        seq,
        priority,
        definition,
        calendarEnd,
        dependsOn,
        List.of(Stage.only("default", terms)));
  }

  static Submission submission(String id, NewTask... tasks) {
    return new Submission(
        id,
        "p",
        "exp",
        "default",
        "task: {}",
        LocalDate.parse("2026-06-30"),
        Arrays.stream(tasks).map(NewTask::id).toList(),
        Map.of("with.dot", List.of(1L)),
        Submission.State.INSERTING,
        Instant.parse("2026-07-01T08:00:00Z"));
  }

  static Outcome succeeded() {
    return new Outcome.Succeeded(Map.of("IC", 0.05));
  }

  private static Outcome failed(FailureKind kind) {
    return new Outcome.Failed(kind, "Boom", "it broke", "last line");
  }

  static Outcome handedBack() {
    return new Outcome.HandedBack("shutting down");
  }

  int insert(NewTask... tasks) {
    return pool().insert(List.of(tasks)).block();
  }

  Task find(NewTask task) {
    return find(task.id());
  }

  private Task find(String id) {
    return Objects.requireNonNull(pool().find(id).block());
  }

  private Task next() {
    return Objects.requireNonNull(pool().runnable("default", 1).blockFirst());
  }

  List<Task> enqueue(Task... tasks) {
    return Objects.requireNonNull(pool().enqueue(List.of(tasks)).block());
  }

  private ClaimResult claim(Task queued, String worker) {
    return Objects.requireNonNull(pool().claim(queued.id(), queued.version(), worker).block());
  }

  static Claim claimed(@Nullable ClaimResult result) {
    assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
    return ((ClaimResult.Claimed) Objects.requireNonNull(result)).claim();
  }

  Claim claimNext(String worker) {
    return claimed(claim(enqueue(next()).get(0), worker));
  }

  CommitResult commit(Claim claim, Outcome outcome) {
    return Objects.requireNonNull(pool().commit(claim, outcome).block());
  }

  private List<Task> reap() {
    return pool().reapExpired(LEASE).collectList().block();
  }

  private void reapOne() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(30))
        .atMost(Duration.ofSeconds(10))
        .until(() -> !reap().isEmpty());
  }

  private List<Task> unpublished() {
    return pool().unpublished(Duration.ZERO, 10).collectList().block();
  }

  private List<String> runnable(int limit) {
    return names(pool().runnable("default", limit));
  }

  private List<String> list(TaskQuery query) {
    return names(pool().find(query));
  }

  private static List<String> names(Flux<Task> tasks) {
    return tasks.map(task -> task.pool() + task.seq()).collectList().block();
  }
}
