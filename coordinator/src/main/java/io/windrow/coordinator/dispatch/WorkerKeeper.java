package io.windrow.coordinator.dispatch;

import io.windrow.fleet.Workers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets workers that have not been heard of for long. */
public final class WorkerKeeper implements Step {
  private static final Logger log = LoggerFactory.getLogger(WorkerKeeper.class);

  private final Workers workers;
  private final Duration silence;
  private final Duration timeout;

  /**
   * @param silence those that have not beaten for so long
   */
  public WorkerKeeper(Workers workers, Duration silence, Duration timeout) {
    this.workers = workers;
    this.silence = silence;
    this.timeout = timeout;
  }

  @Override
  public boolean runOnce() {
    Long forgotten = workers.forget(silence).block(timeout);
    if (forgotten != null && forgotten > 0) {
      log.atInfo().addKeyValue("count", forgotten).log("silent workers forgotten");
    }
    return false;
  }
}
