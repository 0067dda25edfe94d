package io.windrow.store;

import static io.windrow.task.TaskState.CANCELLED;
import static io.windrow.task.TaskState.DONE;
import static io.windrow.task.TaskState.RUNNING;
import static io.windrow.task.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.ControlResult;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.TaskQuery;
import io.windrow.task.Attempt;
import io.windrow.task.Dependency;
import io.windrow.task.Dependency.On;
import io.windrow.task.FailureKind;
import io.windrow.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What people, other tasks and limits make of a task. */
abstract class PoolSteeringContract extends TaskPoolContract {
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
}
