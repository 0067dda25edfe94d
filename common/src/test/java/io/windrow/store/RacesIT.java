package io.windrow.store;

import static io.windrow.store.TaskPoolContract.LEASE;
import static io.windrow.store.TaskPoolContract.SETTINGS;
import static io.windrow.store.TaskPoolContract.after;
import static io.windrow.store.TaskPoolContract.claimed;
import static io.windrow.store.TaskPoolContract.failed;
import static io.windrow.store.TaskPoolContract.handedBack;
import static io.windrow.store.TaskPoolContract.succeeded;
import static io.windrow.store.TaskPoolContract.task;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.experiment.Recorder;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.ControlResult;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.TaskSelection;
import io.windrow.task.Attempt;
import io.windrow.task.Dependency;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * Each race that the design names, played as exactly the interleaving that would do harm: one
 * process has read and is about to write, another does all it wants, then the write is sent. Lost
 * replies are in {@link LostReplyIT}.
 */
class RacesIT {
  private final NewTask task = task(1);
  private EmbeddedStore server;
  private MongoClient client;
  private Interleaving interleaving;

  /** The process that is held up between reading and writing. */
  private WindrowStore held;

  /** All the others. */
  private WindrowStore other;

  @BeforeEach
  void start() {
    server = EmbeddedStore.inMemory();
    client = MongoClients.create(server.uri());
    interleaving = new Interleaving(server.uri());
    other = new WindrowStore(client, EmbeddedStore.DATABASE, SETTINGS, Clock.systemUTC());
    held =
        new WindrowStore(
            interleaving.client(), EmbeddedStore.DATABASE, SETTINGS, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    interleaving.close();
    client.close();
    server.close();
  }

  /** Holds the next write to the tasks up for an action, and makes sure that it came to that. */
  private <T> T hold(Runnable action, Mono<T> operation) {
    interleaving.beforeWriteTo("tasks", action);
    T result = get(operation);
    assertThat(interleaving.played()).as("interleavings played").isEqualTo(1);
    return result;
  }

  // ---- leases

  @Test
  void an_ousted_leaders_stale_read_cannot_reap_a_task_that_has_beaten_since() {
    Claim claim = running();

    List<Task> reaped = holdReaper(() -> assertThat(get(other.pool().heartbeat(claim))).isTrue());

    assertThat(reaped).isEmpty();
    assertThat(find().state()).isEqualTo(TaskState.RUNNING);
    assertThat(get(other.pool().commit(claim, succeeded())))
        .isInstanceOf(CommitResult.Committed.class);
  }

  @Test
  void a_stale_read_cannot_reap_the_next_attempt() {
    Claim first = running();

    List<Task> reaped =
        holdReaper(
            () -> {
              get(other.pool().commit(first, handedBack()));
              claimNext();
            });

    assertThat(reaped).isEmpty();
    assertThat(find().state()).isEqualTo(TaskState.RUNNING);
    assertThat(outcomes()).containsExactly("handed_back");
  }

  @Test
  void of_a_commit_and_a_reaping_at_once_one_counts() {
    Claim claim = running();

    List<Task> reaped = holdReaper(() -> get(other.pool().commit(claim, succeeded())));

    assertThat(reaped).isEmpty();
    assertThat(find().state()).isEqualTo(TaskState.DONE);
    assertThat(outcomes()).containsExactly("done");
  }

  @Test
  void a_commit_that_was_on_its_way_while_the_task_was_reaped_and_run_again_is_fenced() {
    Claim late = running();

    CommitResult result =
        hold(
            () -> {
              reapOne(other);
              get(other.pool().commit(claimNext(), succeeded()));
            },
            held.pool().commit(late, succeeded()));

    assertThat(result).isEqualTo(new CommitResult.Fenced());
    assertThat(requireNonNull(find().result()).recorder()).isNotEqualTo(late.recorderId());
    assertThat(outcomes()).containsExactly("expired", "done");
  }

  @Test
  void a_store_that_was_paused_costs_nobody_an_attempt() {
    Claim claim = running();
    Instant begin = Instant.now();
    // Reads steadily for longer than a lease, while the worker beats: now it may judge.
    whileReading()
        .until(
            () -> {
              get(other.pool().heartbeat(claim));
              assertThat(reap(held)).isEmpty();
              return Instant.now().isAfter(begin.plus(LEASE.multipliedBy(2)));
            });
    Instant paused = Instant.now();
    await()
        .atMost(TaskPoolContract.BUSY)
        .until(() -> Instant.now().isAfter(paused.plus(LEASE.multipliedBy(2))));

    assertThat(reap(held)).isEmpty();

    assertThat(get(other.pool().heartbeat(claim))).isTrue();
    reapOne(held); // it does judge again, after a lease of its own
    assertThat(outcomes()).containsExactly("expired");
  }

  // ---- tokens

  @Test
  void a_task_removed_and_submitted_again_never_has_the_token_of_its_former_life() {
    Claim former = running();

    CommitResult result =
        hold(
            () -> {
              get(other.manager().remove(TaskSelection.ofPool("p"), true));
              Claim next = running();
              assertThat(next.version()).isGreaterThan(former.version());
              assertThat(next.recorderId()).isNotEqualTo(former.recorderId());
            },
            held.pool().commit(former, succeeded()));

    assertThat(result).isEqualTo(new CommitResult.Fenced());
    assertThat(find().state()).isEqualTo(TaskState.RUNNING);
    assertThat(get(other.pool().heartbeat(former))).isFalse();
  }

  @Test
  void an_announcement_of_a_former_life_claims_nothing() {
    Task former = queued();
    get(other.manager().remove(TaskSelection.ofPool("p"), true));
    Task now = queued();

    assertThat(get(held.pool().claim(former.id(), former.version(), "w")))
        .isEqualTo(new ClaimResult.Stale());

    assertThat(find().version()).isEqualTo(now.version());
  }

  @Test
  void of_two_that_read_the_same_announcement_one_claims() {
    Task queued = queued();

    ClaimResult late =
        hold(
            () -> claimed(other.pool().claim(queued.id(), queued.version(), "fast").block()),
            held.pool().claim(queued.id(), queued.version(), "slow"));

    assertThat(late).isEqualTo(new ClaimResult.Stale());
    assertThat(requireNonNull(find().lease()).worker()).isEqualTo("fast");
    assertThat(find().attempt()).isEqualTo(1);
  }

  @Test
  void of_two_dispatchers_that_read_the_same_task_one_queues_it() {
    insert(task);
    List<Task> read = runnable(held);

    List<Task> queued =
        hold(() -> get(other.pool().enqueue(runnable(other))), held.pool().enqueue(read));

    assertThat(queued).isEmpty();
    assertThat(find().state()).isEqualTo(TaskState.QUEUED);
  }

  // ---- what people do

  @Test
  void a_pause_that_meets_a_look_at_the_old_limit_counts_for_the_next_claim() {
    Task queued = queued();
    Limit pause = new Limit("p", true, Integer.MAX_VALUE, false);
    interleaving.afterReadOf("pools", () -> held.limits().set(pause).block());

    assertThat(get(held.limits().find("p"))).isEqualTo(Limit.none("p"));

    assertThat(get(held.pool().claim(queued.id(), queued.version(), "w")))
        .isInstanceOf(ClaimResult.Deferred.class);
  }

  @Test
  void a_cancellation_that_meets_a_retry_cancels_what_would_run_again() {
    Claim claim = running();

    boolean cancelled =
        hold(
            () -> get(other.pool().commit(claim, failed(FailureKind.RETRYABLE))),
            held.pool().cancel(task.id(), "enough"));

    assertThat(cancelled).isTrue();
    assertThat(find().state()).isEqualTo(TaskState.CANCELLED);
    assertThat(outcomes()).containsExactly("retry", "cancelled");
  }

  @Test
  void a_retry_that_meets_a_cancellation_stays_cancelled() {
    Claim claim = running();

    CommitResult result =
        hold(
            () -> get(other.pool().cancel(task.id(), "enough")),
            held.pool().commit(claim, failed(FailureKind.RETRYABLE)));

    assertThat(result).isEqualTo(new CommitResult.Fenced());
    assertThat(find().state()).isEqualTo(TaskState.CANCELLED);
    assertThat(outcomes()).containsExactly("cancelled");
  }

  @Test
  void a_cancellation_that_meets_the_end_leaves_it() {
    Claim claim = running();

    boolean cancelled =
        hold(
            () -> get(other.pool().commit(claim, succeeded())),
            held.pool().cancel(task.id(), "enough"));

    assertThat(cancelled).isFalse();
    assertThat(find().state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void a_claim_that_meets_a_pause_starts_nothing() {
    Task queued = queued();

    ClaimResult claim =
        hold(
            () -> get(other.pool().pause(task.id(), "not now")),
            held.pool().claim(queued.id(), queued.version(), "w"));

    assertThat(claim).isEqualTo(new ClaimResult.Stale());
    assertThat(find().state()).isEqualTo(TaskState.WAITING);
    assertThat(find().attempt()).isZero();
    assertThat(runnable(other)).isEmpty();
  }

  @Test
  void a_pause_that_meets_a_claim_takes_the_task_back_uncharged() {
    Task queued = queued();
    Claim[] claim = new Claim[1];

    ControlResult paused =
        hold(
            () ->
                claim[0] = claimed(other.pool().claim(queued.id(), queued.version(), "w").block()),
            held.pool().pause(task.id(), "not now"));

    assertThat(paused).isInstanceOf(ControlResult.Changed.class);
    assertThat(find().state()).isEqualTo(TaskState.WAITING);
    assertThat(find().attempt()).isZero();
    assertThat(runnable(other)).isEmpty();
    assertThat(get(other.pool().commit(claim[0], succeeded())))
        .isEqualTo(new CommitResult.Fenced());
  }

  @Test
  void a_queueing_that_meets_a_pause_announces_nothing() {
    insert(task);
    List<Task> read = runnable(held);

    List<Task> queued =
        hold(() -> get(other.pool().pause(task.id(), "not now")), held.pool().enqueue(read));

    assertThat(queued).isEmpty();
    assertThat(find().state()).isEqualTo(TaskState.WAITING);
  }

  // ---- dependencies and stages

  @Test
  void a_dependent_given_up_while_the_failure_is_replayed_waits_again() {
    NewTask dependent = after(2, new Dependency(task.id(), Dependency.On.SUCCESS, null));
    insert(task, dependent);
    get(other.pool().commit(claimNext(), failed(FailureKind.FATAL)));

    List<Task> given =
        hold(
            () -> get(other.pool().replay(task.id())),
            held.pool().settleDependents().collectList());

    assertThat(given)
        .extracting(Task::state)
        .containsExactly(TaskState.CANCELLED, TaskState.WAITING);
    get(other.pool().commit(claimNext(), succeeded()));
    get(other.pool().settleDependents().collectList());
    assertThat(runnable(other)).extracting(Task::id).containsExactly(dependent.id());
  }

  @Test
  void a_dependent_that_a_person_cancels_while_it_is_let_run_stays_cancelled() {
    NewTask dependent = after(2, new Dependency(task.id(), Dependency.On.SUCCESS, null));
    insert(task, dependent);
    get(other.pool().commit(claimNext(), succeeded()));

    hold(
        () -> get(other.pool().cancel(dependent.id(), "enough")),
        held.pool().settleDependents().collectList());

    assertThat(get(other.pool().find(dependent.id())).state()).isEqualTo(TaskState.CANCELLED);
    assertThat(get(other.pool().settleDependents().collectList())).isEmpty();
  }

  // ---- recorders

  @Test
  void a_recorder_that_its_worker_closes_during_the_sweep_stays_as_it_closed_it() {
    Claim claim = running();
    Recorder recorder =
        new Recorder(
            claim.recorderId(),
            "exp",
            task.id(),
            claim.version(),
            Recorder.Status.RUNNING,
            Map.of(),
            Map.of(),
            Map.of(),
            Instant.EPOCH,
            null,
            null);
    get(other.recorders().begin(recorder).thenReturn(true));
    get(other.pool().cancel(task.id(), "enough")); // the sweep would say failed
    interleaving.beforeWriteTo(
        "recorders",
        () ->
            get(
                other
                    .recorders()
                    .finish(recorder.id(), Recorder.Status.FINISHED)
                    .thenReturn(true)));

    assertThat(get(held.attemptRecorders().closeEnded(Duration.ZERO))).isZero();

    assertThat(interleaving.played()).isEqualTo(1);
    assertThat(get(other.recorders().find(recorder.id())).status())
        .isEqualTo(Recorder.Status.FINISHED);
  }

  // ---- leadership

  @Test
  void of_two_that_find_the_lease_over_one_leads() {
    interleaving.beforeWriteTo("leaders", () -> assertThat(leads(other, "fast")).isTrue());

    assertThat(leads(held, "slow")).isFalse();

    assertThat(interleaving.played()).isEqualTo(1);
    get(other.leadership().release("coordinator", "fast").thenReturn(true));
    interleaving.beforeWriteTo("leaders", () -> assertThat(leads(other, "fast")).isTrue());
    assertThat(leads(held, "slow")).isFalse();
    assertThat(interleaving.played()).isEqualTo(2);
  }

  private static boolean leads(WindrowStore store, String who) {
    return get(store.leadership().acquire("coordinator", who, Duration.ofMinutes(1)));
  }

  /** Lets the reaper read until it finds something, and holds it up before it takes that. */
  private List<Task> holdReaper(Runnable action) {
    interleaving.beforeWriteTo("tasks", action);
    List<Task> reaped = new ArrayList<>();
    whileReading()
        .until(
            () -> {
              reaped.addAll(reap(held));
              return interleaving.played() == 1;
            });
    return reaped;
  }

  private static void reapOne(WindrowStore reaper) {
    whileReading().until(() -> !reap(reaper).isEmpty());
  }

  /**
   * Patient: the reaper judges only once it has read for a lease without a gap of a third of it,
   * which on a busy machine may take many tries.
   */
  private static ConditionFactory whileReading() {
    return await().atMost(TaskPoolContract.BUSY).pollInterval(Duration.ofMillis(20));
  }

  private static List<Task> reap(WindrowStore reaper) {
    return get(reaper.pool().reapExpired(LEASE).collectList());
  }

  private Claim running() {
    insert(task);
    return claimNext();
  }

  private Task queued() {
    insert(task);
    return get(other.pool().enqueue(runnable(other))).get(0);
  }

  private Claim claimNext() {
    Task queued = get(other.pool().enqueue(runnable(other))).get(0);
    return claimed(other.pool().claim(queued.id(), queued.version(), "w").block());
  }

  private void insert(NewTask... tasks) {
    get(other.pool().insert(List.of(tasks)));
  }

  private static List<Task> runnable(WindrowStore store) {
    return get(store.pool().runnable("default", 1).collectList());
  }

  private Task find() {
    return get(other.pool().find(task.id()));
  }

  private List<String> outcomes() {
    return find().history().stream().map(Attempt::outcome).toList();
  }

  private static <T> T get(Mono<T> one) {
    return requireNonNull(one.block(Duration.ofMinutes(1)));
  }
}
