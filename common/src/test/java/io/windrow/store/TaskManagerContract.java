package io.windrow.store;

import static io.windrow.task.TaskState.CANCELLED;
import static io.windrow.task.TaskState.DONE;
import static io.windrow.task.TaskState.FAILED;
import static io.windrow.task.TaskState.QUEUED;
import static io.windrow.task.TaskState.RUNNING;
import static io.windrow.task.TaskState.WAITING;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.pool.BulkResult;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.Replacement;
import io.windrow.pool.TaskFilter;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskOrder;
import io.windrow.pool.TaskPage;
import io.windrow.pool.TaskQuery;
import io.windrow.pool.TaskSelection;
import io.windrow.pool.TaskWindow;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** What every {@link TaskManager} keeps to. Pool p has 10 tasks, pool q one. */
abstract class TaskManagerContract {
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** A store without tasks. */
  abstract WindrowStore store();

  private TaskManager manager() {
    return store().manager();
  }

  @BeforeEach
  void insert() {
    List<NewTask> tasks =
        new ArrayList<>(IntStream.range(0, 10).mapToObj(i -> task("p", i)).toList());
    tasks.add(task("q", 0));
    store().pool().insert(tasks).block();
  }

  /** The test segment of task n begins in 2015 + n. */
  private static NewTask task(String pool, int n) {
    Map<String, Object> definition =
        Map.of(
            "model",
                Map.of(
                    "class",
                    n % 2 == 0 ? "LGBModel" : "LinearModel",
                    "kwargs",
                    Map.of("rate", n / 10.0, "a.b", n)),
            "dataset",
                Map.of(
                    "kwargs",
                    Map.of(
                        "segments",
                        Map.of("test", List.of((2015 + n) + "-01-05", (2015 + n) + "-12-30")))));
    return task(pool, n, definition);
  }

  private static NewTask task(String pool, int n, Map<String, Object> definition) {
    return new NewTask(
        pool,
        "exp",
        "submission",
        n,
        0,
        definition,
        null,
        List.of(),
        List.of(Stage.only("default", new Terms(2, null, null))));
  }

  private static TaskSelection where(@Nullable String pool, String filter) {
    return new TaskSelection(pool, TaskFilter.parse(filter), null);
  }

  private List<Long> seqs(String filter) {
    return page(where("p", filter), TaskOrder.SEQ, "", 100).tasks().stream()
        .map(Task::seq)
        .toList();
  }

  private TaskPage page(TaskSelection selection, TaskOrder order, String after, int limit) {
    return requireNonNull(manager().query(selection, order, after, limit).block());
  }

  private Task find(int n) {
    return requireNonNull(store().pool().find(task("p", n).id()).block());
  }

  private Claim fetch(String filter) {
    return claim("p", filter);
  }

  private Claim claim(String pool, String filter) {
    ClaimResult result = manager().fetch(where(pool, filter), "outside").block();
    return ((ClaimResult.Claimed) requireNonNull(result)).claim();
  }

  private CommitResult commit(Claim claim, Outcome outcome) {
    return requireNonNull(
        manager().commit(claim.task().id(), claim.version(), claim.token(), outcome).block());
  }

  // ---- questions

  @Test
  void finds_by_fields_of_the_definition() {
    assertThat(seqs("model.class=LGBModel")).containsExactly(0L, 2L, 4L, 6L, 8L);
    assertThat(seqs("segments.test>=2018, segments.test<=2020")).containsExactly(3L, 4L, 5L);
    assertThat(seqs("segments.test=2019")).containsExactly(4L);
    assertThat(seqs("segments.test!=2019 and seq<6")).containsExactly(0L, 1L, 2L, 3L, 5L);
    assertThat(seqs("segments.test.end>2023-06")).containsExactly(8L, 9L);
    assertThat(seqs("model.kwargs.rate>0.65")).containsExactly(7L, 8L, 9L);
    assertThat(seqs("model.kwargs.\"a.b\" in (1, 3, 77)")).containsExactly(1L, 3L);
    assertThat(seqs("model.class~near")).containsExactly(1L, 3L, 5L, 7L, 9L);
    assertThat(seqs("model.class~.*")).isEmpty();
    assertThat(seqs("model.kwargs.none=null")).hasSize(10);
    assertThat(seqs("model.kwargs.rate>text")).as("types are not mixed").isEmpty();
    assertThat(seqs("state=done")).isEmpty();
  }

  @Test
  void pages_are_disjoint_and_complete_in_every_order() {
    store().manager().prioritize(where("p", "seq>6"), 3).block();
    for (TaskOrder order : TaskOrder.values()) {
      List<String> seen = new ArrayList<>();
      String after = "";
      int pages = 0;
      do {
        TaskPage page = page(TaskSelection.ofPool("p"), order, after, 4);
        page.tasks().forEach(task -> seen.add(task.id()));
        after = page.next() == null ? "" : page.next();
        pages++;
      } while (!after.isEmpty());
      assertThat(pages).as(order.word()).isEqualTo(3);
      assertThat(seen).as(order.word()).hasSize(10).doesNotHaveDuplicates();
    }
    assertThat(page(TaskSelection.ofPool("p"), TaskOrder.SEQ_DOWN, "", 2).tasks())
        .extracting(Task::seq)
        .containsExactly(9L, 8L);
    String next = page(TaskSelection.ofPool("p"), TaskOrder.SEQ, "", 2).next();
    assertThatThrownBy(() -> page(TaskSelection.ofPool("p"), TaskOrder.ID, requireNonNull(next), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'after'");
  }

  @Test
  void windows_tell_what_tasks_are_about_and_how_they_stand() {
    NewTask asked = window("w", 0);
    store().pool().insert(List.of(asked, window("w", 1), window("w", 2), task("w", 3))).block();
    Claim claim = claim("w", "seq=0");
    commit(claim, new Outcome.Succeeded(Map.of("IC", 0.03, "l2.valid", 0.9)));
    Claim running = claim("w", "seq=1");
    Claim handedBack = claim("w", "seq=2");
    commit(handedBack, new Outcome.HandedBack("enough"));
    store().pool().pause(handedBack.task().id(), "later").block();

    TaskWindow.Page page = requireNonNull(manager().windows("w", "", 10).block());

    assertThat(page.next()).isNull();
    Task done = requireNonNull(store().pool().find(asked.id()).block());
    assertThat(page.windows().get(0))
        .isEqualTo(
            new TaskWindow(
                asked.id(),
                0,
                DONE,
                1,
                false,
                false,
                null,
                "exp",
                "default",
                "LGBModel",
                Map.of("learning_rate", "0.1", "a.b", "true"),
                "Alpha158",
                List.of("Ref($close, -6)/Ref($close, -1) - 1"),
                List.of("2010-01-04", "2014-12-31"),
                null,
                Arrays.asList("2015-01-05", null),
                Map.of("IC", 0.03, "l2.valid", 0.9),
                new TaskWindow.Run(
                    "outside",
                    done.history().get(0).startedAt(),
                    done.history().get(0).endedAt())));
    TaskWindow runs = page.windows().get(1);
    assertThat(runs.state()).isEqualTo(RUNNING);
    assertThat(runs.metrics()).isNull();
    assertThat(runs.run())
        .isEqualTo(new TaskWindow.Run("outside", running.task().updatedAt(), null));
    TaskWindow held = page.windows().get(2);
    assertThat(held.paused()).isTrue();
    assertThat(held.attempt()).isZero();
    assertThat(requireNonNull(held.run()).endedAt()).isNotNull();
    TaskWindow bare = page.windows().get(3);
    assertThat(bare.model()).isEqualTo("LinearModel");
    assertThat(bare.params()).isEqualTo(Map.of("a.b", "3", "rate", "0.3"));
    assertThat(bare.handler()).isNull();
    assertThat(bare.label()).isNull();
    assertThat(bare.train()).isNull();
    assertThat(bare.test()).containsExactly("2018-01-05", "2018-12-30");
    assertThat(bare.run()).isNull();
  }

  @Test
  void pages_of_windows_are_of_one_pool_and_in_order() {
    List<Long> seen = new ArrayList<>();
    String after = "";
    do {
      TaskWindow.Page page = requireNonNull(manager().windows("p", after, 4).block());
      page.windows().forEach(window -> seen.add(window.seq()));
      after = page.next() == null ? "" : page.next();
    } while (!after.isEmpty());
    assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThatThrownBy(() -> manager().windows("p", "x", 4).block())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'after'");
  }

  @Test
  void a_submission_counts_what_it_expects_whoever_asked_first() {
    NewTask first = of("one", 20);
    NewTask shared = of("one", 21);
    NewTask third = of("other", 22);
    begin("one", first, shared);
    begin("other", shared, third);
    store().pool().insert(List.of(first, shared, third)).block();

    assertThat(counts("one")).isEqualTo(Map.of(WAITING, 2L));
    assertThat(counts("other")).isEqualTo(Map.of(WAITING, 2L));
    assertThat(firstOf("one")).containsExactly(20L);
    assertThat(firstOf("other")).containsExactly(21L);

    manager().replace(first.id(), Map.of("model", Map.of("class", "Other"))).block();
    assertThat(counts("one")).isEqualTo(Map.of(WAITING, 1L, CANCELLED, 1L));

    // As many bear its name as it expects, but one of them stands in for the one that is gone.
    manager().remove(TaskSelection.ofIds(List.of(first.id())), false).block();
    assertThat(counts("one")).isEqualTo(Map.of(WAITING, 1L));
  }

  private static NewTask of(String submission, int n) {
    NewTask task = task("s", n);
    return new NewTask(
        task.pool(),
        task.experiment(),
        submission,
        task.seq(),
        task.priority(),
        task.definition(),
        task.calendarEnd(),
        task.dependsOn(),
        task.stages());
  }

  private void begin(String submission, NewTask... tasks) {
    store().submissions().begin(TaskPoolContract.submission(submission, tasks)).block();
  }

  private List<Long> firstOf(String submission) {
    return requireNonNull(
        store()
            .pool()
            .find(new TaskQuery("s", submission, Set.of(WAITING), 1))
            .map(Task::seq)
            .collectList()
            .block());
  }

  private Map<TaskState, Long> counts(String submission) {
    return requireNonNull(store().pool().statOfSubmission(submission).block());
  }

  /** A task that trains without an end of its test, as Qlib writes it. */
  private static NewTask window(String pool, int n) {
    Map<String, Object> segments =
        Map.of(
            "train",
            List.of("2010-01-04", "2014-12-31"),
            "test",
            Arrays.asList((2015 + n) + "-01-05", null));
    Map<String, Object> handler =
        Map.of(
            "class",
            "Alpha158",
            "kwargs",
            Map.of("label", List.of("Ref($close, -6)/Ref($close, -1) - 1"), "a.b", n));
    return task(
        pool,
        n,
        Map.of(
            "model",
            Map.of(
                "class",
                "LGBModel",
                "kwargs",
                Map.of("learning_rate", 0.1, "a.b", true, "list", List.of(1))),
            "dataset",
            Map.of("kwargs", Map.of("handler", handler, "segments", segments))));
  }

  @Test
  void counts_pools_and_ids() {
    fetch("seq=3");
    assertThat(manager().stat(TaskSelection.ofPool("p")).block())
        .isEqualTo(Map.of(WAITING, 9L, RUNNING, 1L));
    assertThat(manager().stat(where("p", "seq<3")).block()).isEqualTo(Map.of(WAITING, 3L));
    assertThat(manager().stat(where(null, "seq=0")).block()).isEqualTo(Map.of(WAITING, 2L));
    String id = task("p", 1).id();
    assertThat(manager().stat(TaskSelection.ofIds(List.of(id, "none"))).block())
        .isEqualTo(Map.of(WAITING, 1L));
    assertThat(manager().pools().collectList().block()).containsExactly("p", "q");
    assertThat(manager().hasPool("q").block()).isTrue();
    assertThat(manager().hasPool("x").block()).isFalse();
    assertThat(manager().byIds(List.of(id, "none")).map(Task::id).collectList().block())
        .containsExactly(id);
    assertThat(manager().missing(List.of("none", id, "none")).block()).containsExactly("none");
    assertThat(manager().idsLike(id.substring(0, 10) + "zz").collectList().block()).contains(id);
  }

  // ---- a worker outside

  @Test
  void fetches_the_best_and_commits_once() {
    manager().prioritize(where("p", "seq=7"), 9).block();

    Claim claim = fetch("model.class=LinearModel");

    assertThat(claim.task().seq()).isEqualTo(7);
    assertThat(find(7).state()).isEqualTo(RUNNING);
    assertThat(manager().heartbeat(claim.task().id(), claim.version(), claim.token()).block())
        .isTrue();
    assertThat(manager().heartbeat(claim.task().id(), claim.version(), "other").block()).isFalse();
    assertThat(
            manager()
                .commit(
                    claim.task().id(), claim.version(), "other", new Outcome.Succeeded(Map.of()))
                .block())
        .isEqualTo(new CommitResult.Fenced());
    CommitResult first = commit(claim, new Outcome.Succeeded(Map.of("IC", 0.5)));
    assertThat(first).isInstanceOf(CommitResult.Committed.class);
    assertThat(commit(claim, new Outcome.Succeeded(Map.of("IC", 0.7)))).isEqualTo(first);
    assertThat(requireNonNull(find(7).result()).metrics()).isEqualTo(Map.of("IC", 0.5));
    assertThat(seqs("metrics.IC>=0.5")).containsExactly(7L);
  }

  @Test
  void many_fetch_at_once_and_none_gets_what_another_has() {
    List<ClaimResult> results =
        Flux.range(0, 12)
            .flatMap(
                i ->
                    manager()
                        .fetch(TaskSelection.ofPool("p"), "w" + i)
                        .subscribeOn(Schedulers.boundedElastic()))
            .collectList()
            .block();

    List<String> claimed =
        requireNonNull(results).stream()
            .map(result -> ((ClaimResult.Claimed) result).claim().task().id())
            .toList();
    assertThat(claimed).doesNotHaveDuplicates().isNotEmpty();
    assertThat(manager().fetch(where("p", "seq=77"), "w").block()).isNull();
  }

  @Test
  void nothing_of_a_paused_pool_is_fetched() {
    store().limits().set(new Limit("p", true, 5)).block();

    assertThat(manager().fetch(TaskSelection.ofPool("p"), "w").block())
        .isInstanceOf(ClaimResult.Deferred.class);
    assertThat(find(0).state()).isEqualTo(WAITING);
  }

  @Test
  void what_is_returned_is_not_charged() {
    Claim claim = fetch("seq=2");

    commit(claim, new Outcome.HandedBack("interrupted"));

    assertThat(find(2).state()).isEqualTo(WAITING);
    assertThat(find(2).attempt()).isZero();
  }

  // ---- changes

  @Test
  void removes_all_but_running_ones_unless_forced() {
    Claim claim = fetch("seq=2");

    assertThat(manager().remove(where("p", "seq<4"), false).block())
        .isEqualTo(new BulkResult(3, Map.of(RUNNING, 1), 0));
    assertThat(seqs("seq<4")).containsExactly(2L);

    assertThat(manager().remove(where("p", "seq=2"), true).block())
        .isEqualTo(new BulkResult(1, Map.of(), 0));
    assertThat(commit(claim, new Outcome.Succeeded(Map.of()))).isEqualTo(new CommitResult.Fenced());
    assertThat(seqs("seq<4")).isEmpty();
  }

  @Test
  void reset_takes_back_expired_ones_and_by_force_all() {
    Claim claim = fetch("seq=2");

    assertThat(manager().resetWaiting(TaskSelection.ofPool("p"), false, LEASE).block())
        .isEqualTo(new BulkResult(0, Map.of(RUNNING, 1), 0));
    assertThat(manager().resetWaiting(TaskSelection.ofPool("p"), true, LEASE).block())
        .isEqualTo(new BulkResult(1, Map.of(), 0));
    assertThat(find(2).state()).isEqualTo(WAITING);
    assertThat(find(2).attempt()).isZero();
    assertThat(manager().heartbeat(claim.task().id(), claim.version(), claim.token()).block())
        .isFalse();
    assertThat(commit(claim, new Outcome.Succeeded(Map.of()))).isEqualTo(new CommitResult.Fenced());

    Claim again = fetch("seq=2");
    Awaitility.await()
        .atMost(TaskPoolContract.BUSY)
        .untilAsserted(
            () ->
                assertThat(
                        manager()
                            .resetWaiting(where("p", "seq=2"), false, Duration.ofMillis(50))
                            .block())
                    .isEqualTo(new BulkResult(1, Map.of(), 0)));
    assertThat(commit(again, new Outcome.Succeeded(Map.of()))).isEqualTo(new CommitResult.Fenced());
  }

  @Test
  void status_changes_only_as_the_state_machine_allows() {
    commit(fetch("seq=0"), new Outcome.Succeeded(Map.of()));
    commit(fetch("seq=1"), new Outcome.Failed(FailureKind.FATAL, "E", "no", ""));
    Claim running = fetch("seq=2");

    assertThat(manager().resetStatus(where("p", "seq<3"), WAITING, "again").block())
        .isEqualTo(new BulkResult(1, Map.of(DONE, 1, RUNNING, 1), 0));
    assertThat(find(1).state()).isEqualTo(WAITING);
    assertThat(find(1).attempt()).isZero();
    assertThat(find(1).history()).hasSize(1);

    assertThat(manager().resetStatus(where("p", "seq<3"), CANCELLED, "no more").block())
        .isEqualTo(new BulkResult(2, Map.of(DONE, 1), 0));
    assertThat(find(2).state()).isEqualTo(CANCELLED);
    assertThat(commit(running, new Outcome.Succeeded(Map.of())))
        .isEqualTo(new CommitResult.Fenced());
    assertThatThrownBy(() -> manager().resetStatus(where("p", ""), DONE, "so").block())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void priority_reaches_all_not_yet_running_and_recalls_announced_ones() {
    store().pool().enqueue(List.of(find(4))).block();
    assertThat(find(4).state()).isEqualTo(QUEUED);
    commit(fetch("seq=0"), new Outcome.Failed(FailureKind.FATAL, "E", "no", ""));
    fetch("seq=1");

    assertThat(manager().prioritize(TaskSelection.ofPool("p"), 7).block())
        .isEqualTo(new BulkResult(8, Map.of(FAILED, 1, RUNNING, 1), 0));

    assertThat(find(4).state()).isEqualTo(WAITING);
    assertThat(seqs("priority=7")).hasSize(8);
    assertThat(store().pool().runnable("default", 3).map(Task::priority).collectList().block())
        .containsExactly(7, 7, 7);
  }

  @Test
  void a_replaced_task_gives_way_to_the_new_one() {
    Map<String, ?> definition = Map.of("model", Map.of("class", "LGBModel"));
    Replacement replacement = requireNonNull(manager().replace(find(5).id(), definition).block());

    String id = ((Replacement.Replaced) replacement).id();
    assertThat(find(5).state()).isEqualTo(CANCELLED);
    assertThat(find(5).supersededBy()).isEqualTo(id);
    Task task = requireNonNull(store().pool().find(id).block());
    assertThat(task.definition()).isEqualTo(definition);
    assertThat(task.seq()).isEqualTo(5);
    assertThat(manager().replace(find(5).id(), definition).block()).isEqualTo(replacement);
    assertThat(manager().replace(id, definition).block()).isEqualTo(new Replacement.Same());
    fetch("seq=6");
    assertThat(manager().replace(find(6).id(), definition).block())
        .isInstanceOfSatisfying(
            Replacement.Refused.class, refused -> assertThat(refused.state()).isEqualTo(RUNNING));
    assertThat(manager().replace("none", definition).block()).isNull();
  }

  @Test
  void two_that_insert_into_one_pool_make_no_duplicate() {
    List<NewTask> odd = IntStream.range(0, 300).mapToObj(i -> task("race", i)).toList();
    List<NewTask> even = IntStream.range(150, 450).mapToObj(i -> task("race", i)).toList();

    List<Integer> counts =
        Flux.just(odd, even)
            .flatMap(tasks -> store().pool().insert(tasks).subscribeOn(Schedulers.boundedElastic()))
            .collectList()
            .block();

    assertThat(requireNonNull(counts).stream().mapToInt(Integer::intValue).sum()).isEqualTo(450);
    List<Task> all = page(TaskSelection.ofPool("race"), TaskOrder.SEQ, "", 1000).tasks();
    assertThat(new HashSet<>(all.stream().map(Task::seq).toList())).hasSize(450);
    assertThat(all).hasSize(450);
  }
}
