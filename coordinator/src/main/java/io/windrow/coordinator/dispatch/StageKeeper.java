package io.windrow.coordinator.dispatch;

import io.windrow.failpoint.FailPoint;
import io.windrow.pool.TaskPool;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the next stage of tasks wait on its queue once the one before has ended. */
public final class StageKeeper implements Step {
  private static final Logger log = LoggerFactory.getLogger(StageKeeper.class);

  private final TaskPool pool;
  private final Duration storeTimeout;
  private final Runnable onAdvanced;

  /**
   * @param storeTimeout longest wait for one sweep
   * @param onAdvanced told after tasks were changed: they may run
   */
  public StageKeeper(TaskPool pool, Duration storeTimeout, Runnable onAdvanced) {
    this.pool = pool;
    this.storeTimeout = storeTimeout;
    this.onAdvanced = onAdvanced;
  }

  @Override
  public boolean runOnce() {
    Integer advanced = pool.advanceStages().block(storeTimeout);
    if (advanced == null || advanced == 0) {
      return false;
    }
    FailPoint.STAGES_ADVANCED.pass();
    log.atInfo().addKeyValue("tasks", advanced).log("tasks go on with their next stage");
    onAdvanced.run();
    return true;
  }
}
