package io.windrow.store;

import static io.windrow.task.TaskState.CANCELLED;
import static io.windrow.task.TaskState.DONE;
import static io.windrow.task.TaskState.FAILED;
import static io.windrow.task.TaskState.RUNNING;
import static io.windrow.task.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.task.Attempt;
import io.windrow.task.BackOff;
import io.windrow.task.FailureKind;
import io.windrow.task.Isolation;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Who runs a task, and what becomes of it. */
abstract class PoolOutcomeContract extends TaskPoolContract {
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
    // The lease's time is the store's, which only the store knows.
    assertThat(task)
        .usingRecursiveComparison()
        .ignoringFields("progress.lease.heartbeatAt")
        .isEqualTo(claim.task());
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
        .atMost(BUSY)
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
  void many_leases_are_renewed_at_once_and_those_that_are_gone_are_named() {
    insert(task(1), task(2), task(3));
    List<Claim> claims = List.of(claimNext("w"), claimNext("w"), claimNext("w"));
    assertThat(pool().heartbeat(List.<Claim>of()).block()).isEmpty();
    assertThat(pool().heartbeat(claims).block()).isEmpty();
    assertThat(pool().cancel(claims.get(1).task().id(), "enough").block()).isTrue();

    assertThat(pool().heartbeat(claims).block()).containsExactly(claims.get(1).token());

    assertThat(find(task(1)).lease().beat()).isEqualTo(2);
    assertThat(find(task(3)).lease().beat()).isEqualTo(2);
    assertThat(find(task(3)).version()).isEqualTo(claims.get(2).version());
    assertThat(find(task(2)).lease()).isNull();
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
            Duration.ofMinutes(30),
            Isolation.PROCESS);
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
        .atMost(BUSY)
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
}
