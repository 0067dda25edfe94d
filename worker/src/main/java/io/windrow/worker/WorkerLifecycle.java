package io.windrow.worker;

import io.windrow.worker.execute.Slots;
import io.windrow.worker.fleet.PresenceKeeper;
import io.windrow.worker.intake.TaskSources;
import io.windrow.worker.lease.LeaseKeeper;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the intake last and stops it first. On stop: nothing more is claimed; what can finish
 * within the drain time finishes; the rest is cancelled and handed back uncharged; the group has
 * been left by then.
 */
final class WorkerLifecycle implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

  /** For leaving the groups, and again for cancelled runs to be handed back. */
  static final Duration GRACE = Duration.ofSeconds(8);

  private final TaskSources sources;
  private final Slots slots;
  private final LeaseKeeper leases;
  private final PresenceKeeper presence;
  private final Duration drain;
  private volatile boolean running;

  WorkerLifecycle(
      TaskSources sources,
      Slots slots,
      LeaseKeeper leases,
      PresenceKeeper presence,
      Duration drain) {
    this.sources = sources;
    this.slots = slots;
    this.leases = leases;
    this.presence = presence;
    this.drain = drain;
  }

  @Override
  public void start() {
    leases.start();
    sources.start();
    presence.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    presence.stopping();
    try {
      sources.stop(GRACE);
      finishOrHandBack();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    leases.close();
    presence.leave();
    slots.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void finishOrHandBack() throws InterruptedException {
    if (slots.awaitIdle(drain)) {
      return;
    }
    log.atInfo().addKeyValue("running", slots.busy()).log("drain time over, handing back");
    leases.drain();
    if (!slots.awaitIdle(GRACE)) {
      log.atWarn()
          .addKeyValue("running", slots.busy())
          .log("runs did not stop when asked, their leases will run out");
    }
  }
}
