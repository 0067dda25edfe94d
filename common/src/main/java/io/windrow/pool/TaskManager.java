package io.windrow.pool;

import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What people and programs outside do with tasks: Qlib's {@code TaskManager}, on the same state
 * machine and fencing tokens as {@link TaskPool}. Errors are the driver's: the store is away.
 */
public interface TaskManager {

  // ---- questions

  /**
   * A page of the selected tasks.
   *
   * @param after {@link TaskPage#next()} of the page before, or empty for the first
   * @param limit tasks of a page, from 1
   * @throws IllegalArgumentException if {@code after} is no such word
   */
  Mono<TaskPage> query(TaskSelection selection, TaskOrder order, String after, int limit);

  /**
   * The same for who does not need the definitions: of each there is only the model's class and the
   * segments.
   */
  Mono<TaskPage> queryBriefly(TaskSelection selection, TaskOrder order, String after, int limit);

  /**
   * A page of a pool's tasks as windows, in order of {@code seq}. Of each only what it tells is
   * read.
   *
   * @param after {@link TaskWindow.Page#next()} of the page before, or empty for the first
   * @param limit windows of a page, from 1
   * @throws IllegalArgumentException if {@code after} is no such word
   */
  Mono<TaskWindow.Page> windows(String pool, String after, int limit);

  /** Tasks by id, in no order. Unknown ids are left out. */
  Flux<Task> byIds(Collection<String> ids);

  /** Which of these ids there are. Reads no task. */
  Flux<String> existing(Collection<String> ids);

  /** Tasks per state. States without tasks are absent. */
  Mono<Map<TaskState, Long>> stat(TaskSelection selection);

  /** Names of all pools, sorted. */
  Flux<String> pools();

  /** Whether there is a task in this pool. */
  Mono<Boolean> hasPool(String pool);

  /** Up to three ids that begin as this one does. */
  Flux<String> idsLike(String id);

  // ---- a worker outside

  /**
   * Claims the best of the selected tasks that may run now: highest priority, then seq. The lease
   * must be renewed with {@link #heartbeat}.
   *
   * @param from waiting (announced ones, too), or part_done: tasks of which a client has done a
   *     part by hand. Those between two stages are not among them
   * @return claimed, or deferred if all that may run is paused or at a limit; empty if there is
   *     none
   * @throws IllegalArgumentException for another state
   */
  Mono<ClaimResult> fetch(TaskSelection selection, TaskState from, String worker);

  /** The same from waiting. */
  default Mono<ClaimResult> fetch(TaskSelection selection, String worker) {
    return fetch(selection, TaskState.WAITING, worker);
  }

  /**
   * Renews the lease of a claim. False: the task is no longer the caller's.
   *
   * @param version of the claim
   * @param token of the claim
   */
  Mono<Boolean> heartbeat(String id, long version, String token);

  /** Records the outcome of a claim, once: asked again with the same token it answers the same. */
  Mono<CommitResult> commit(String id, long version, String token, Outcome outcome);

  // ---- changes

  /** Deletes tasks. Running ones only with {@code force}: their workers' outcomes are worthless. */
  Mono<BulkResult> remove(TaskSelection selection, boolean force);

  /**
   * Running tasks back to waiting, uncharged: those whose lease has run out, with {@code force}
   * all. A worker that still runs one can no longer record anything.
   *
   * @param lease how long a claim lives without a heartbeat
   */
  Mono<BulkResult> resetWaiting(TaskSelection selection, boolean force, Duration lease);

  /**
   * Sets the state where the state machine allows it.
   *
   * @param to waiting (from queued, part_done, failed, cancelled; the attempts start again) or
   *     cancelled (from whatever is not ended)
   * @throws IllegalArgumentException for another state
   */
  Mono<BulkResult> resetStatus(TaskSelection selection, TaskState to, String reason);

  /** Sets the priority of all tasks not yet running. Announced ones are recalled. */
  Mono<BulkResult> prioritize(TaskSelection selection, int priority);

  /**
   * Gives a task that has not run another definition. The id follows the definition, so a new task
   * takes the old one's place, and the old one is cancelled and says which. Asked again it finishes
   * what a crash left half done. Empty if there is no such task.
   *
   * @param definition plain JSON
   */
  Mono<Replacement> replace(String id, Map<String, ?> definition);

  /** The ids of a list that are not there: what inserting it would add. */
  default Mono<List<String>> missing(List<String> ids) {
    return existing(ids)
        .collect(Collectors.toSet())
        .map(there -> ids.stream().distinct().filter(id -> !there.contains(id)).toList());
  }
}
