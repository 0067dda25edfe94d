package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.ControlResult;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.Submission;
import io.windrow.task.Attempt;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** The store carries a command out and the connection breaks before its reply arrives. */
class LostReplyIT {
  private EmbeddedStore server;
  private CuttingProxy proxy;
  private MongoClient client;
  private WindrowStore store;
  private String uri = "";
  private final Before before = new Before();

  /** Before the next command of a name is sent, something else happens, whole. */
  private static final class Before implements CommandListener {
    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();

    void next(String command, Runnable action) {
      actions.put(command, action);
    }

    @Override
    public void commandStarted(CommandStartedEvent event) {
      Runnable action = actions.remove(event.getCommandName());
      if (action != null) {
        action.run();
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = EmbeddedStore.inMemory();
    uri = server.uri();
    proxy = new CuttingProxy("127.0.0.1", server.port());
    client = cuttable("");
    store = store(client);
  }

  private MongoClient cuttable(String options) {
    String address = uri.replace(":" + server.port(), ":" + proxy.port());
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(
                new ConnectionString(address + "?retryWrites=false&retryReads=false" + options))
            .addCommandListener(before)
            .build());
  }

  private static WindrowStore store(MongoClient client) {
    return new WindrowStore(
        client, EmbeddedStore.DATABASE, TaskPoolContract.SETTINGS, Clock.systemUTC());
  }

  @AfterEach
  void stop() throws IOException {
    // Counted by the proxy's thread, after the client has seen it.
    await()
        .atMost(TaskPoolContract.BUSY)
        .untilAsserted(() -> assertThat(proxy.cuts()).as("replies lost").isEqualTo(1));
    client.close();
    proxy.close();
    server.close();
  }

  @Test
  void a_claim_is_the_callers_all_the_same() {
    Task queued = queued();
    proxy.loseReplyTo("update");

    ClaimResult result = store.pool().claim(queued.id(), queued.version(), "w").block();

    Claim claim = TaskPoolContract.claimed(result);
    assertThat(find(queued.id()).lease().claim()).isEqualTo(claim.token());
    assertThat(find(queued.id()).attempt()).isEqualTo(1);
    assertThat(store.pool().heartbeat(claim).block()).isTrue();
  }

  @Test
  void a_claim_whose_reply_is_lost_with_the_store_is_the_callers_when_it_is_back()
      throws Exception {
    Task queued = queued();
    proxy.loseReplyToAndStayAway("update");

    CompletableFuture<ClaimResult> claim =
        store.pool().claim(queued.id(), queued.version(), "w").toFuture();
    await().atMost(TaskPoolContract.BUSY).until(() -> proxy.cuts() == 1);
    assertThat(claim).isNotDone();
    proxy.back();

    Claim claimed = TaskPoolContract.claimed(claim.get(30, TimeUnit.SECONDS));
    assertThat(find(queued.id()).lease().claim()).isEqualTo(claimed.token());
  }

  @Test
  void a_claim_that_the_store_leaves_before_its_limit_was_counted_is_the_callers_when_it_is_back()
      throws Exception {
    store.limits().set(new Limit("p", false, 1, false)).block();
    Task queued = queued();
    before.next("update", () -> proxy.loseReplyToAndStayAway("aggregate"));

    CompletableFuture<ClaimResult> claim =
        store.pool().claim(queued.id(), queued.version(), "w").toFuture();
    await().atMost(TaskPoolContract.BUSY).until(() -> proxy.cuts() == 1);
    proxy.back();

    Claim claimed = TaskPoolContract.claimed(claim.get(60, TimeUnit.SECONDS));
    assertThat(find(queued.id()).lease().claim()).isEqualTo(claimed.token());
  }

  @Test
  void a_claim_beyond_the_limit_is_handed_back_once_though_the_store_leaves_in_between()
      throws Exception {
    List<Task> queued = queued(2);
    store.limits().set(new Limit("p", false, 1, false)).block();
    try (MongoClient whole = MongoClients.create(uri);
        MongoClient impatient = cuttable("&serverSelectionTimeoutMS=2000")) {
      before.next(
          "update",
          () -> {
            Task other = queued.get(1);
            store(whole).pool().claim(other.id(), other.version(), "other").block();
            before.next("aggregate", () -> proxy.loseReplyToAndStayAway("update"));
          });

      CompletableFuture<ClaimResult> claim =
          store(impatient)
              .pool()
              .claim(queued.get(0).id(), queued.get(0).version(), "w")
              .toFuture();
      await().atMost(TaskPoolContract.BUSY).until(() -> proxy.cuts() == 1);
      // Longer than the client asks by itself.
      assertThatThrownBy(() -> claim.get(5, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
      proxy.back();

      assertThat(claim.get(60, TimeUnit.SECONDS)).isInstanceOf(ClaimResult.Deferred.class);
      Task handedBack = store(whole).pool().find(queued.get(0).id()).block();
      assertThat(handedBack.state()).isEqualTo(TaskState.WAITING);
      assertThat(handedBack.attempt()).isZero();
      assertThat(handedBack.history()).extracting(Attempt::outcome).containsExactly("handed_back");
    }
  }

  static List<Outcome> outcomes() {
    return List.of(
        new Outcome.Succeeded(Map.of("IC", 0.05)),
        new Outcome.Failed(FailureKind.FATAL, "Boom", "it broke", ""),
        new Outcome.Failed(FailureKind.RETRYABLE, "Boom", "it broke", ""),
        new Outcome.HandedBack("stopping"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void a_commit_is_recorded_once_and_says_so(Outcome outcome) {
    Task queued = queued();
    Claim claim =
        TaskPoolContract.claimed(store.pool().claim(queued.id(), queued.version(), "w").block());
    proxy.loseReplyTo("update");

    CommitResult result = store.pool().commit(claim, outcome).block();

    Task task = find(queued.id());
    assertThat(result).isEqualTo(new CommitResult.Committed(task.state(), task.version()));
    assertThat(task.history()).hasSize(1);
  }

  /** The last one's worker is named in no other request: its whole batch loses its reply. */
  @Test
  void claims_that_went_together_are_told_apart_when_their_reply_is_lost() {
    List<Task> queued = queued(20);
    store.pool().claim(queued.get(3).id(), queued.get(3).version(), "quicker").block();
    proxy.loseReplyTo("worker-19");

    List<ClaimResult> results =
        Flux.range(0, 20)
            .flatMapSequential(
                i -> store.pool().claim(queued.get(i).id(), queued.get(i).version(), "worker-" + i))
            .collectList()
            .block();

    for (int i = 0; i < 20; i++) {
      Task task = find(queued.get(i).id());
      assertThat(task.attempt()).isEqualTo(1);
      if (i == 3) {
        assertThat(results.get(i)).isEqualTo(new ClaimResult.Stale());
        assertThat(task.lease().worker()).isEqualTo("quicker");
      } else {
        assertThat(task.lease().claim())
            .isEqualTo(TaskPoolContract.claimed(results.get(i)).token());
      }
    }
  }

  /** One of them has moved on before, so that the count is short as well. */
  @Test
  void commits_that_went_together_are_told_apart_when_their_reply_is_lost() {
    List<Claim> claims =
        Flux.fromIterable(queued(20))
            .concatMap(task -> store.pool().claim(task.id(), task.version(), "w"))
            .map(TaskPoolContract::claimed)
            .collectList()
            .block();
    store.pool().cancel(claims.get(3).task().id(), "enough").block();
    proxy.loseReplyTo("metric-19");

    List<CommitResult> results =
        Flux.range(0, 20)
            .flatMapSequential(
                i ->
                    store
                        .pool()
                        .commit(claims.get(i), new Outcome.Succeeded(Map.of("metric-" + i, 1.0))))
            .collectList()
            .block();

    for (int i = 0; i < 20; i++) {
      Task task = find(claims.get(i).task().id());
      assertThat(task.history()).hasSize(1);
      if (i == 3) {
        assertThat(results.get(i)).isEqualTo(new CommitResult.Fenced());
        assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
      } else {
        assertThat(results.get(i))
            .isEqualTo(new CommitResult.Committed(TaskState.DONE, task.version()));
        assertThat(task.result().metrics()).containsOnlyKeys("metric-" + i);
      }
    }
  }

  @Test
  void an_enqueue_tells_what_it_moved() {
    insert(1, 50);
    List<Task> waiting = store.pool().runnable("default", 50).collectList().block();
    proxy.loseReplyTo("update");

    List<Task> moved = store.pool().enqueue(waiting).block();

    assertThat(moved).hasSize(50).allMatch(task -> task.state() == TaskState.QUEUED);
  }

  @Test
  void an_insert_counts_what_it_inserted() {
    assertThat(insert(1, 10)).isEqualTo(10);
    proxy.loseReplyTo("insert");

    assertThat(insert(1, 30)).isEqualTo(20);

    assertThat(store.pool().stat("p").block()).isEqualTo(Map.of(TaskState.WAITING, 30L));
  }

  @Test
  void a_cancellation_is_answered_by_the_truth() {
    insert(1, 1);
    proxy.loseReplyTo("update");

    assertThat(store.pool().cancel(TaskPoolContract.task(1).id(), "enough").block()).isTrue();

    assertThat(find(TaskPoolContract.task(1).id()).state()).isEqualTo(TaskState.CANCELLED);
  }

  @Test
  void a_reaping_is_counted_all_the_same() {
    Task queued = queued();
    TaskPoolContract.claimed(store.pool().claim(queued.id(), queued.version(), "w").block());
    proxy.loseReplyTo("findAndModify");
    List<Task> reaped = new ArrayList<>();

    await()
        .pollInterval(Duration.ofMillis(30))
        .atMost(TaskPoolContract.BUSY)
        .until(
            () ->
                reaped.addAll(
                    store.pool().reapExpired(TaskPoolContract.LEASE).collectList().block()));

    assertThat(reaped).containsExactly(find(queued.id()));
    assertThat(find(queued.id()).history()).hasSize(1);
  }

  @Test
  void a_pause_is_answered_by_the_truth() {
    Task queued = queued();
    proxy.loseReplyTo("findAndModify");

    ControlResult result = store.pool().pause(queued.id(), "not now").block();

    assertThat(result).isEqualTo(new ControlResult.Changed(find(queued.id())));
    assertThat(find(queued.id()).state()).isEqualTo(TaskState.WAITING);
  }

  @Test
  void a_replay_is_answered_by_the_truth() {
    insert(1, 1);
    String id = TaskPoolContract.task(1).id();
    store.pool().cancel(id, "enough").block();
    proxy.loseReplyTo("findAndModify");

    ControlResult result = store.pool().replay(id).block();

    assertThat(result).isEqualTo(new ControlResult.Changed(find(id)));
    assertThat(find(id).state()).isEqualTo(TaskState.WAITING);
  }

  @Test
  void a_mark_that_was_not_confirmed_is_made() {
    Task queued = queued();
    Claim claim =
        TaskPoolContract.claimed(store.pool().claim(queued.id(), queued.version(), "w").block());
    store.pool().commit(claim, TaskPoolContract.succeeded()).block();
    proxy.loseReplyTo("update");

    store.pool().markPublished(List.of(find(queued.id()))).block();

    assertThat(store.pool().unpublished(Duration.ZERO, 10).collectList().block()).isEmpty();
  }

  @Test
  void a_leader_that_did_not_hear_so_leads_when_it_asks_again() {
    Duration lease = Duration.ofMinutes(1);
    proxy.loseReplyTo("insert");
    assertThatThrownBy(() -> store.leadership().acquire("r", "me", lease).block())
        .isInstanceOf(MongoException.class);

    assertThat(store.leadership().acquire("r", "other", lease).block()).isFalse();
    assertThat(store.leadership().acquire("r", "me", lease).block()).isTrue();
  }

  @Test
  void a_submission_is_begun_once() {
    Submission submission = TaskPoolContract.submission("s", TaskPoolContract.task(1));
    proxy.loseReplyTo("insert");

    assertThat(store.submissions().begin(submission).block()).isEqualTo(submission);
  }

  /** The coordinator tells its client that the store is away, not that it has a fault itself. */
  @Test
  void a_submission_that_never_arrived_fails_as_the_store_does() {
    Submission submission = TaskPoolContract.submission("s", TaskPoolContract.task(1));
    proxy.loseRequest("insert");

    assertThatThrownBy(() -> store.submissions().begin(submission).block())
        .isInstanceOf(MongoException.class);
  }

  private int insert(int first, int last) {
    List<NewTask> tasks =
        IntStream.rangeClosed(first, last).mapToObj(TaskPoolContract::task).toList();
    return store.pool().insert(tasks).block();
  }

  private Task queued() {
    return queued(1).get(0);
  }

  private List<Task> queued(int count) {
    insert(1, count);
    List<Task> waiting = store.pool().runnable("default", count).collectList().block();
    return store.pool().enqueue(waiting).block();
  }

  private Task find(String id) {
    return store.pool().find(id).block();
  }
}
