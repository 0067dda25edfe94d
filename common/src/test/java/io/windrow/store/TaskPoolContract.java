package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.task.Dependency;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * What every {@link TaskPool} keeps to, by topic in the subclasses; here are the words of their
 * tests.
 */
abstract class TaskPoolContract {
  static final Duration LEASE = Duration.ofMillis(300);

  /** Nothing takes so long, but a lease is judged only while the machine does not stutter. */
  static final Duration BUSY = Duration.ofSeconds(90);

  static final StoreSettings SETTINGS =
      new StoreSettings(Duration.ofSeconds(8), Duration.ofSeconds(20), Duration.ofSeconds(1));

  /** An empty pool with what belongs to it. */
  interface Subject {
    TaskPool pool();

    PoolLimits limits();

    PoolLimits queueLimits();

    /** The chance that spreads the waits of failed tasks. */
    AtomicReference<Double> chance();

    SubmissionStore submissions();

    /** The clock of {@link #pool()}: it ticks, and can be set forward. */
    AdvancingClock clock();
  }

  abstract Subject subject();

  final TaskPool pool() {
    return subject().pool();
  }

  final PoolLimits limits() {
    return subject().limits();
  }

  final PoolLimits queueLimits() {
    return subject().queueLimits();
  }

  final AtomicReference<Double> chance() {
    return subject().chance();
  }

  final SubmissionStore submissions() {
    return subject().submissions();
  }

  final AdvancingClock clock() {
    return subject().clock();
  }

  static NewTask task(int seq) {
    return task("p", 0, seq);
  }

  static NewTask task(String pool, int priority, int seq) {
    return task(pool, priority, seq, Map.of("n", seq), null, List.of(), Terms.DEFAULT);
  }

  static NewTask task(int seq, Map<String, Object> definition) {
    return task("p", 0, seq, definition, null, List.of(), Terms.DEFAULT);
  }

  static NewTask task(int seq, Terms terms) {
    return task("p", 0, seq, Map.of("n", seq), null, List.of(), terms);
  }

  static NewTask after(int seq, Dependency dependency) {
    return task("p", 0, seq, Map.of("n", seq), null, List.of(dependency), Terms.DEFAULT);
  }

  static NewTask open(String calendarEnd) {
    return task("p", 0, 1, Map.of("n", 1), LocalDate.parse(calendarEnd), List.of(), Terms.DEFAULT);
  }

  static NewTask task(
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

  /** The same submission, accepted at another time. */
  static Submission at(Submission s, Instant createdAt) {
    return new Submission(
        s.id(),
        s.pool(),
        s.experiment(),
        s.queue(),
        s.source(),
        s.calendarEnd(),
        s.taskIds(),
        s.collect(),
        s.state(),
        createdAt);
  }

  static Outcome succeeded() {
    return new Outcome.Succeeded(Map.of("IC", 0.05));
  }

  static Outcome failed(FailureKind kind) {
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

  Task find(String id) {
    return Objects.requireNonNull(pool().find(id).block());
  }

  Task next() {
    return Objects.requireNonNull(pool().runnable("default", 1).blockFirst());
  }

  List<Task> enqueue(Task... tasks) {
    return Objects.requireNonNull(pool().enqueue(List.of(tasks)).block());
  }

  ClaimResult claim(Task queued, String worker) {
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

  List<Task> reap() {
    return pool().reapExpired(LEASE).collectList().block();
  }

  void reapOne() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(30))
        .atMost(BUSY)
        .until(() -> !reap().isEmpty());
  }

  List<Task> unpublished() {
    return pool().unpublished(Duration.ZERO, 10).collectList().block();
  }

  List<String> runnable(int limit) {
    return names(pool().runnable("default", limit));
  }

  List<String> list(TaskQuery query) {
    return names(pool().find(query));
  }

  static List<String> names(Flux<Task> tasks) {
    return tasks.map(task -> task.pool() + task.seq()).collectList().block();
  }
}
