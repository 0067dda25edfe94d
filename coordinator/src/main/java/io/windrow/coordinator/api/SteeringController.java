package io.windrow.coordinator.api;

import io.windrow.pool.ControlResult;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.store.WindrowStore;
import io.windrow.task.TaskState;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Retry, cancel, pause and resume, of single tasks and of all tasks of a pool or submission. What
 * runs notices with its next heartbeat.
 */
@RestController
@RequestMapping("/api/v1")
class SteeringController {
  private static final int ALL = Integer.MAX_VALUE;
  private static final int MAX_REASON = 500;
  private static final Set<TaskState> FAILED = EnumSet.of(TaskState.FAILED);
  private static final Set<TaskState> UNFINISHED =
      EnumSet.of(TaskState.WAITING, TaskState.QUEUED, TaskState.RUNNING, TaskState.PART_DONE);

  private final TaskPool pool;
  private final Selections selections;

  SteeringController(WindrowStore store, Selections selections) {
    this.pool = store.pool();
    this.selections = selections;
  }

  /**
   * How many tasks a wish changed.
   *
   * @param tasks their number; those in another state stay as they are
   */
  record Changed(long tasks) {}

  // ---- single tasks: 404 if there is none, 409 if its state does not allow it

  /**
   * Runs a failed or cancelled task again: 409 in other states.
   *
   * @param id of the task
   * @param stage {@code failed} goes on with the stage that failed, {@code first} begins anew
   */
  @PostMapping("/tasks/{id}/retry")
  Mono<TaskView> retry(
      @PathVariable String id, @RequestParam(defaultValue = "failed") String stage) {
    return answer(id, "retried", replay(stage).apply(id));
  }

  /**
   * Cancels a task: 409 if it has an outcome.
   *
   * @param id of the task
   * @param reason for the history, 1 to 500 characters
   */
  @PostMapping("/tasks/{id}/cancel")
  Mono<TaskView> cancel(
      @PathVariable String id, @RequestParam(defaultValue = "by request") String reason) {
    return pool.cancel(id, reason(reason))
        .flatMap(
            cancelled ->
                pool.find(id)
                    .switchIfEmpty(Mono.defer(() -> selections.unknownTask(id)))
                    .flatMap(
                        task ->
                            cancelled
                                ? Mono.just(TaskView.of(task))
                                : Mono.error(
                                    Problems.conflict(
                                        id,
                                        "cancelled",
                                        task.state(),
                                        "only a task that is not finished can be cancelled"))));
  }

  /**
   * Keeps a task that does not run yet from starting.
   *
   * @param id of the task
   * @param reason for the history, 1 to 500 characters
   */
  @PostMapping("/tasks/{id}/pause")
  Mono<TaskView> pause(
      @PathVariable String id, @RequestParam(defaultValue = "paused by request") String reason) {
    return answer(id, "paused", pool.pause(id, reason(reason)));
  }

  /**
   * Lets a paused task start again.
   *
   * @param id of the task
   */
  @PostMapping("/tasks/{id}/resume")
  Mono<TaskView> resume(@PathVariable String id) {
    return answer(id, "resumed", pool.resume(id));
  }

  // ---- all tasks of a pool or submission

  /**
   * Replays the failures of a pool.
   *
   * @param name of the pool
   * @param stage {@code failed} goes on with the stage that failed, {@code first} begins anew
   */
  @PostMapping("/pools/{name}/retry")
  Mono<Changed> retryPool(
      @PathVariable String name, @RequestParam(defaultValue = "failed") String stage) {
    return selections
        .existing(name)
        .then(each(new TaskQuery(name, null, FAILED, ALL), replay(stage)));
  }

  /**
   * Replays the failures of a submission.
   *
   * @param id of the submission
   * @param stage {@code failed} goes on with the stage that failed, {@code first} begins anew
   */
  @PostMapping("/submissions/{id}/retry")
  Mono<Changed> retrySubmission(
      @PathVariable String id, @RequestParam(defaultValue = "failed") String stage) {
    return selections
        .submission(id)
        .then(each(new TaskQuery(null, id, FAILED, ALL), replay(stage)));
  }

  /** From the stage that failed, or from the first. */
  private Function<String, Mono<ControlResult>> replay(String stage) {
    return switch (stage) {
      case "failed" -> id -> pool.replay(id, false);
      case "first" -> id -> pool.replay(id, true);
      default -> throw Problems.badRequest("'stage' must be failed or first, not '" + stage + "'.");
    };
  }

  /**
   * Cancels what of a pool has no outcome yet.
   *
   * @param name of the pool
   * @param reason for the history, 1 to 500 characters
   */
  @PostMapping("/pools/{name}/cancel")
  Mono<Changed> cancelPool(
      @PathVariable String name, @RequestParam(defaultValue = "by request") String reason) {
    return selections
        .existing(name)
        .then(cancelAll(new TaskQuery(name, null, UNFINISHED, ALL), reason(reason)));
  }

  /**
   * Cancels what of a submission has no outcome yet.
   *
   * @param id of the submission
   * @param reason for the history, 1 to 500 characters
   */
  @PostMapping("/submissions/{id}/cancel")
  Mono<Changed> cancelSubmission(
      @PathVariable String id, @RequestParam(defaultValue = "by request") String reason) {
    return selections
        .submission(id)
        .then(cancelAll(new TaskQuery(null, id, UNFINISHED, ALL), reason(reason)));
  }

  private Mono<Changed> cancelAll(TaskQuery which, String reason) {
    return pool.find(which)
        .concatMap(task -> pool.cancel(task.id(), reason))
        .filter(cancelled -> cancelled)
        .count()
        .map(Changed::new);
  }

  private Mono<Changed> each(TaskQuery which, Function<String, Mono<ControlResult>> wish) {
    return pool.find(which)
        .concatMap(task -> wish.apply(task.id()))
        .filter(ControlResult.Changed.class::isInstance)
        .count()
        .map(Changed::new);
  }

  private Mono<TaskView> answer(String id, String done, Mono<ControlResult> wish) {
    return wish.flatMap(
        result -> {
          if (result instanceof ControlResult.Changed changed) {
            return Mono.just(TaskView.of(changed.task()));
          }
          return result instanceof ControlResult.Refused refused
              ? Mono.error(Problems.conflict(id, done, refused.state(), refused.reason()))
              : selections.unknownTask(id);
        });
  }

  private static String reason(String reason) {
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw Problems.badRequest("reason must have 1 to " + MAX_REASON + " characters.");
    }
    return reason;
  }
}
