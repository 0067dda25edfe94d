package io.windrow.pool;

import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The tasks of all pools. Named operations only: a caller cannot make a transition the state
 * machine does not have.
 *
 * <p>Every transition is one update whose filter is exactly {@code {_id, version}}; "matched 0" is
 * an answer, not an error. A reply lost on the way is settled inside by reading back and comparing
 * the claim token. Errors are the driver's: the store is away.
 */
public interface TaskPool {

  // ---- coordinator

  /**
   * Inserts what is not there yet. An existing id is left as it is. An open-ended task on a longer
   * calendar marks the one it replaces as superseded (and cancels it if nobody runs it).
   *
   * @return how many were new
   */
  Mono<Integer> insert(List<NewTask> tasks);

  Mono<Task> find(String id);

  Flux<Task> find(TaskQuery query);

  /** Those of the tasks that are there, in no particular order. */
  Flux<Task> find(Collection<String> ids);

  /** The same of those that are done, failed or cancelled, without reading all of them. */
  Flux<EndedTask> ended(Collection<String> ids);

  /** Tasks per state, of one pool. States without tasks are absent. */
  Mono<Map<TaskState, Long>> stat(String pool);

  /** Tasks per state, of all pools. */
  Mono<Map<String, Map<TaskState, Long>>> stat();

  /** Tasks per state, of one submission; empty if there is no such submission. */
  Mono<Map<TaskState, Long>> statOfSubmission(String submission);

  /** All tasks, counted by pool, queue and state. Tasks that are not there are in no count. */
  Flux<TaskCount> census();

  /** Tasks of a pool that were done at a time or later. */
  Flux<ScoredWindow> scored(String pool, Instant since);

  /** Names of the queues that have unfinished tasks. */
  Flux<String> activeQueues();

  /**
   * Waiting tasks that may be announced now, best first: priority, then pools in turn, then seq.
   *
   * @param limit at most so many
   */
  Flux<Task> runnable(String queue, int limit);

  /** How many tasks of a queue are announced and not claimed. */
  Mono<Long> queued(String queue);

  /**
   * waiting to queued, in bulk.
   *
   * @return the tasks this call moved, under their new versions; the others were moved by somebody
   *     else meanwhile
   */
  Mono<List<Task>> enqueue(List<Task> tasks);

  /** Queued tasks announced longer ago than {@code age}, oldest first, to announce again. */
  Flux<Task> queuedLongerThan(String queue, Duration age, int limit);

  /** Notes that queued tasks were announced just now (the version stays). */
  Mono<Void> announced(List<Task> tasks);

  /**
   * Ends the leases that have run out by the server's clock: running to waiting (or failed when
   * attempts are used up). The filter includes the beat that was read, so a task that has beaten
   * since is left alone.
   *
   * @return the tasks that were taken from their workers, as they now stand
   */
  Flux<Task> reapExpired(Duration lease);

  /** Cancels a task that is not finished. False if it moved on meanwhile or is finished. */
  Mono<Boolean> cancel(String id, String reason);

  /**
   * Runs a failed or cancelled task again: waiting, with all its attempts before it and its history
   * kept. A superseded one is refused.
   *
   * @param fromFirst begins at its first stage; else at the one that did not end well, and what
   *     earlier ones came to is kept
   */
  Mono<ControlResult> replay(String id, boolean fromFirst);

  /** The same from the stage that did not end well. */
  default Mono<ControlResult> replay(String id) {
    return replay(id, false);
  }

  /**
   * Holds an unfinished task until it is resumed. One that runs is taken from its worker without
   * being charged; the worker notices with its next heartbeat.
   */
  Mono<ControlResult> pause(String id, String reason);

  /** Lets a paused task run. */
  Mono<ControlResult> resume(String id);

  /** queued or running to waiting, uncharged. A worker notices with its next heartbeat. */
  Mono<ControlResult> recall(String id, String reason);

  /**
   * Looks once at all tasks that wait for others: those whose dependencies are met may run, those
   * whose are not are cancelled with the reason, and those that were cancelled so wait again when
   * the task they were cancelled for was replayed. To be repeated: what it changes may matter to
   * further dependents.
   *
   * @return the tasks that it changed
   */
  Flux<Task> settleDependents();

  /**
   * part_done to waiting, of tasks that have a further stage: on its queue and its terms. To be
   * repeated.
   *
   * @return how many
   */
  Mono<Integer> advanceStages();

  // ---- worker

  /**
   * queued to running, if the task still has {@code version}.
   *
   * @param worker who claims
   */
  Mono<ClaimResult> claim(String id, long version, String worker);

  /**
   * Renews leases, all in one request. An error says nothing about any of them: beat again.
   *
   * @return tokens of the claims whose tasks are no longer the caller's: stop working on them
   */
  Mono<Set<String>> heartbeat(Collection<Claim> claims);

  /** The same of one. False: the task is no longer the caller's. */
  default Mono<Boolean> heartbeat(Claim claim) {
    return heartbeat(List.of(claim)).map(Set::isEmpty);
  }

  /**
   * Records the outcome of a claim: done, part_done if a stage follows, failed, waiting after
   * back-off, or waiting uncharged. Leaves the result of an ended task marked unpublished.
   */
  Mono<CommitResult> commit(Claim claim, Outcome outcome);

  // ---- outbox

  /** Finished tasks whose {@code TaskFinished} is not known to be published, oldest first. */
  Flux<Task> unpublished(Duration olderThan, int limit);

  /** How many there are, of any age, without reading them. */
  Mono<OutboxSize> outbox();

  /** Marks results as published, if the tasks still have these versions. */
  Mono<Void> markPublished(List<Task> tasks);

  /** The same for the caller's own commit. */
  Mono<Void> markPublished(String id, long version);
}
