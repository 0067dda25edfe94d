package io.windrow.store;

import static io.windrow.task.TaskState.CANCELLED;
import static io.windrow.task.TaskState.DONE;
import static io.windrow.task.TaskState.RUNNING;
import static io.windrow.task.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.TaskCount;
import io.windrow.pool.TaskQuery;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** How tasks come into a pool, are chosen and announced, and are told of. */
abstract class PoolChoiceContract extends TaskPoolContract {
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
}
