package io.windrow.coordinator.api;

import io.windrow.pool.ControlResult;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.store.WindrowStore;
import io.windrow.task.TaskState;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Retry, cancel, pause and resume, of single tasks and of all tasks of a pool or submission; and
 * how much of a pool may run at once. What runs notices with its next heartbeat.
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
  private final PoolLimits limits;

  SteeringController(WindrowStore store, Selections selections) {
    this.pool = store.pool();
    this.selections = selections;
    this.limits = store.limits();
  }

  /**
   * How many tasks a wish changed.
   *
   * @param tasks their number; those in another state stay as they are
   */
  record Changed(long tasks) {}

  /**
   * What may run of a pool or queue.
   *
   * @param name of the pool or queue
   * @param paused nothing of it may start
   * @param maxRunning so many at once, or null
   * @param note what may not be as it was meant, or null
   */
  record LimitView(
      String name, boolean paused, @Nullable Integer maxRunning, @Nullable String note) {
    static LimitView of(Limit limit) {
      return new LimitView(
          limit.pool(),
          limit.paused(),
          limit.maxRunning() == Integer.MAX_VALUE ? null : limit.maxRunning(),
          null);
    }

    LimitView noting(String what) {
      return new LimitView(name, paused, maxRunning, what);
    }
  }

  // ---- single tasks: 404 if there is none, 409 if its state does not allow it

  @PostMapping("/tasks/{id}/retry")
  Mono<TaskView> retry(
      @PathVariable String id, @RequestParam(defaultValue = "failed") String stage) {
    return answer(id, "retried", replay(stage).apply(id));
  }

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

  @PostMapping("/tasks/{id}/pause")
  Mono<TaskView> pause(
      @PathVariable String id, @RequestParam(defaultValue = "paused by request") String reason) {
    return answer(id, "paused", pool.pause(id, reason(reason)));
  }

  @PostMapping("/tasks/{id}/resume")
  Mono<TaskView> resume(@PathVariable String id) {
    return answer(id, "resumed", pool.resume(id));
  }

  // ---- all tasks of a pool or submission

  /** Replays the failures of a pool. */
  @PostMapping("/pools/{name}/retry")
  Mono<Changed> retryPool(
      @PathVariable String name, @RequestParam(defaultValue = "failed") String stage) {
    return selections
        .existing(name)
        .then(each(new TaskQuery(name, null, FAILED, ALL), replay(stage)));
  }

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

  @PostMapping("/pools/{name}/cancel")
  Mono<Changed> cancelPool(
      @PathVariable String name, @RequestParam(defaultValue = "by request") String reason) {
    return selections
        .existing(name)
        .then(cancelAll(new TaskQuery(name, null, UNFINISHED, ALL), reason(reason)));
  }

  @PostMapping("/submissions/{id}/cancel")
  Mono<Changed> cancelSubmission(
      @PathVariable String id, @RequestParam(defaultValue = "by request") String reason) {
    return selections
        .submission(id)
        .then(cancelAll(new TaskQuery(null, id, UNFINISHED, ALL), reason(reason)));
  }

  /**
   * Pauses a pool.
   *
   * @param running {@code recall} takes back what runs, uncharged; {@code keep} lets it end
   */
  @PostMapping("/pools/{name}/pause")
  Mono<LimitView> pausePool(
      @PathVariable String name, @RequestParam(defaultValue = "recall") String running) {
    if (!running.equals("recall") && !running.equals("keep")) {
      throw Problems.badRequest("running must be recall or keep.");
    }
    boolean recall = running.equals("recall");
    return selections
        .existing(name)
        .then(change(limits, name, was -> new Limit(name, true, was.maxRunning(), recall)));
  }

  @PostMapping("/pools/{name}/resume")
  Mono<LimitView> resumePool(@PathVariable String name) {
    return selections
        .existing(name)
        .then(change(limits, name, was -> new Limit(name, false, was.maxRunning(), false)));
  }

  /** Bounds how many tasks of a pool run at once; 0 lifts the bound. */
  @PutMapping("/pools/{name}/limit")
  Mono<LimitView> limitPool(
      @PathVariable String name, @RequestParam("max_running") int maxRunning) {
    return selections.existing(name).then(Mono.defer(() -> bound(limits, name, maxRunning)));
  }

  static Mono<LimitView> bound(PoolLimits of, String name, int maxRunning) {
    if (maxRunning < 0) {
      throw Problems.badRequest(
          "max_running must be 0 (no limit) or more, not " + maxRunning + ".");
    }
    int most = maxRunning == 0 ? Integer.MAX_VALUE : maxRunning;
    return change(of, name, was -> new Limit(name, was.paused(), most, was.recall()));
  }

  private static Mono<LimitView> change(PoolLimits of, String name, UnaryOperator<Limit> change) {
    return of.find(name)
        .map(change)
        .flatMap(limit -> of.set(limit).thenReturn(LimitView.of(limit)));
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
