package io.windrow.coordinator.dispatch;

import io.windrow.failpoint.FailPoint;
import io.windrow.pool.TaskPool;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets tasks run whose dependencies are met, and ends those whose are not. */
public final class DependencyKeeper implements Step {
  private static final Logger log = LoggerFactory.getLogger(DependencyKeeper.class);

  private final TaskPool pool;
  private final Duration storeTimeout;
  private final Runnable onSettled;

  /**
   * @param storeTimeout longest wait for one sweep
   * @param onSettled told after tasks were changed: some may run
   */
  public DependencyKeeper(TaskPool pool, Duration storeTimeout, Runnable onSettled) {
    this.pool = pool;
    this.storeTimeout = storeTimeout;
    this.onSettled = onSettled;
  }

  @Override
  public boolean runOnce() {
    List<Task> changed =
        pool.settleDependents()
            .doOnNext(task -> FailPoint.DEPENDENT_SETTLED.pass())
            .collectList()
            .block(storeTimeout);
    if (changed == null || changed.isEmpty()) {
      return false;
    }
    long cancelled = changed.stream().filter(t -> t.state() == TaskState.CANCELLED).count();
    log.atInfo()
        .addKeyValue("tasks", changed.size())
        .addKeyValue("cancelled", cancelled)
        .log("tasks that waited for others settled");
    onSettled.run();
    return true;
  }
}
