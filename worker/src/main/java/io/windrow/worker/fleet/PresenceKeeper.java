package io.windrow.worker.fleet;

import io.windrow.fleet.Presence;
import io.windrow.fleet.Workers;
import io.windrow.worker.execute.Slots;
import io.windrow.worker.intake.TaskSources;
import io.windrow.worker.lease.LeaseKeeper;
import io.windrow.worker.lease.Pulse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Writes this worker's presence as often as it renews its leases, and does what the answer asks:
 * while it is to drain, it takes nothing more. No task depends on it: a store that does not answer
 * changes nothing.
 */
public final class PresenceKeeper {
  private static final Logger log = LoggerFactory.getLogger(PresenceKeeper.class);
  private static final Duration LAST_WORD = Duration.ofSeconds(2);

  private final Workers workers;
  private final Presence self;
  private final Slots slots;
  private final LeaseKeeper leases;
  private final TaskSources sources;
  private final Duration period;
  private final AtomicBoolean joined = new AtomicBoolean();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile boolean stopping;
  private final Pulse pulse;

  /**
   * @param self what does not change about this worker
   * @param leases three beats per lease, as they do
   */
  public PresenceKeeper(
      Workers workers, Presence self, Slots slots, LeaseKeeper leases, TaskSources sources) {
    this.workers = workers;
    this.self = self;
    this.slots = slots;
    this.leases = leases;
    this.sources = sources;
    this.period = leases.lease().dividedBy(3);
    this.pulse = new Pulse("presence", this::beat, period, System::nanoTime);
  }

  /** Begins to beat, at once. */
  public void start() {
    pulse.start();
  }

  /** The worker ends as soon as what it runs has ended; the others hear it at once. */
  public void stopping() {
    stopping = true;
    pulse.beat();
  }

  /** Says good-bye. A store that is away finds out by the silence. */
  public void leave() {
    pulse.close();
    try {
      workers.leave(self.id()).block(LAST_WORD);
    } catch (RuntimeException e) {
      log.atDebug().addKeyValue("error", e.toString()).log("good-bye not written");
    }
  }

  private void beat() {
    Presence now = now();
    Mono.defer(() -> joined.get() ? workers.beat(now) : workers.join(now))
        .timeout(period)
        .subscribe(this::answered, this::failed);
  }

  private Presence now() {
    int busy = slots.busy();
    return new Presence(
        self.id(),
        self.host(),
        self.pid(),
        self.version(),
        self.queues(),
        self.executors(),
        slots.total(),
        busy,
        leases.tasks(Presence.MOST_TASKS),
        self.started(),
        stopping,
        sources.resting() && busy == 0);
  }

  private void answered(boolean drain) {
    joined.set(true);
    failing.set(false);
    if (draining.compareAndSet(!drain, drain)) {
      log.atInfo().addKeyValue("drain", drain).log("asked to drain or to go on");
      if (drain) {
        sources.hold();
      } else {
        sources.start();
      }
    }
  }

  private void failed(Throwable error) {
    if (!failing.getAndSet(true)) {
      log.atWarn()
          .addKeyValue("error", error.toString())
          .log("presence not written, tried again with each beat");
    }
  }
}
