package io.windrow.coordinator.dispatch;

import io.windrow.failpoint.FailPoint;
import io.windrow.pool.ControlResult;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Takes back what runs of pools that are paused so. Over and over, because a worker that does not
 * know of the pause yet may claim a task for another second.
 */
public final class PauseKeeper implements Step {
  private static final Logger log = LoggerFactory.getLogger(PauseKeeper.class);
  private static final int BATCH = 10_000;

  private final TaskPool pool;
  private final PoolLimits limits;
  private final Duration storeTimeout;

  /**
   * @param storeTimeout longest wait for one round
   */
  public PauseKeeper(TaskPool pool, PoolLimits limits, Duration storeTimeout) {
    this.pool = pool;
    this.limits = limits;
    this.storeTimeout = storeTimeout;
  }

  @Override
  public boolean runOnce() {
    limits
        .list()
        .filter(limit -> limit.paused() && limit.recall())
        .concatMap(this::recall)
        .then()
        .block(storeTimeout);
    return false;
  }

  private Mono<Void> recall(Limit limit) {
    Set<TaskState> states = Set.of(TaskState.QUEUED, TaskState.RUNNING);
    return pool.find(new TaskQuery(limit.pool(), null, states, BATCH))
        .concatMap(task -> pool.recall(task.id(), "pool '" + limit.pool() + "' is paused"))
        .filter(ControlResult.Changed.class::isInstance)
        .doOnNext(recalled -> FailPoint.TASK_RECALLED.pass())
        .count()
        .doOnNext(
            recalled -> {
              if (Objects.requireNonNull(recalled) > 0) {
                log.atInfo()
                    .addKeyValue("pool", limit.pool())
                    .addKeyValue("tasks", recalled)
                    .log("tasks of a paused pool taken back");
              }
            })
        .then();
  }
}
