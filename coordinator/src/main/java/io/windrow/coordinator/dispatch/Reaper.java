package io.windrow.coordinator.dispatch;

import io.windrow.failpoint.FailPoint;
import io.windrow.pool.TaskPool;
import io.windrow.task.Attempt;
import io.windrow.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tasks from workers whose leases ran out. To be run more often than three times per lease:
 * the pool judges nobody after a longer gap.
 *
 * <p>A leader that is paused between reading and taking, and ousted meanwhile, takes at most one
 * task more, and only one that was silent for a lease when it was read and has not beaten since:
 * the heartbeat that was read is part of the condition.
 */
public final class Reaper implements Step {
  private static final Logger log = LoggerFactory.getLogger(Reaper.class);

  private final TaskPool pool;
  private final BooleanSupplier leads;
  private final Duration lease;
  private final Duration storeTimeout;
  private final DispatchMetrics metrics;
  private final Runnable onReaped;

  /**
   * @param leads asked again after each task that was taken
   * @param onReaped told after tasks were taken back
   */
  public Reaper(
      TaskPool pool,
      BooleanSupplier leads,
      Duration lease,
      Duration storeTimeout,
      DispatchMetrics metrics,
      Runnable onReaped) {
    this.pool = pool;
    this.leads = leads;
    this.lease = lease;
    this.storeTimeout = storeTimeout;
    this.metrics = metrics;
    this.onReaped = onReaped;
  }

  @Override
  public boolean runOnce() {
    Long reaped =
        pool.reapExpired(lease)
            .doOnNext(this::note)
            .doOnNext(task -> FailPoint.TASK_REAPED.pass())
            .takeUntil(task -> !leads.getAsBoolean())
            .count()
            .block(storeTimeout);
    if (reaped != null && reaped > 0) {
      onReaped.run();
    }
    return false;
  }

  private void note(Task task) {
    if (isTimedOut(task)) {
      log.atWarn()
          .addKeyValue("taskId", task.id())
          .addKeyValue("version", task.version())
          .addKeyValue("state", task.state().word())
          .log("attempt outlived its time-out, task taken from its worker");
      return;
    }
    metrics.expired(task.queue());
    log.atWarn()
        .addKeyValue("taskId", task.id())
        .addKeyValue("version", task.version())
        .addKeyValue("pool", task.pool())
        .addKeyValue("queue", task.queue())
        .addKeyValue("state", task.state().word())
        .log("lease expired, task taken from its worker");
  }

  private static boolean isTimedOut(Task task) {
    List<Attempt> history = task.history();
    return !history.isEmpty() && "TimedOut".equals(history.get(history.size() - 1).errorClass());
  }
}
