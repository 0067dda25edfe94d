package io.windrow.coordinator.dispatch;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a step over and over on a thread of its own: at once when there is more to do or when woken,
 * else after a pause. Errors are logged once, not each time, and make the pauses longer.
 */
public final class Loop {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Step step;
  private final BooleanSupplier allowed;
  private final Duration pause;
  private final Semaphore wake = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private int failures;

  /**
   * @param name for thread and log
   * @param allowed asked before each round
   * @param pause between rounds when there is nothing to do
   */
  public Loop(String name, Step step, BooleanSupplier allowed, Duration pause) {
    this.name = name;
    this.step = step;
    this.allowed = allowed;
    this.pause = pause;
  }

  /** Ends the present pause, or else the next. */
  public void wake() {
    wake.release();
  }

  void start() {
    Thread started = new Thread(this::run, "windrow-" + name);
    thread = started;
    started.start();
  }

  /** Interrupts the present round, and waits until it has ended. */
  void stop() throws InterruptedException {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
      running.join(LONGEST_PAUSE.toMillis());
    }
  }

  private void run() {
    try {
      while (thread == Thread.currentThread()) {
        if (!(allowed.getAsBoolean() && round())
            && wake.tryAcquire(pause().toNanos(), TimeUnit.NANOSECONDS)) {
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stop() did it: the thread ends here
    }
  }

  /**
   * Survives errors of the JVM, too: were it to end while the leader's goes on, nobody would act.
   */
  private boolean round() {
    try {
      boolean more = step.runOnce();
      if (failures > 0) {
        log.atInfo().addKeyValue("loop", name).addKeyValue("failures", failures).log("recovered");
      }
      failures = 0;
      return more;
    } catch (RuntimeException | Error e) {
      if (thread == Thread.currentThread() && failures++ == 0) {
        log.atWarn()
            .addKeyValue("loop", name)
            .addKeyValue("error", e.toString())
            .log("round failed, tried again until it works");
        log.atDebug().setCause(e).addKeyValue("loop", name).log("round failed");
      }
      return false;
    }
  }

  private Duration pause() {
    Duration longer = pause.multipliedBy(1L << Math.min(failures, 6));
    return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : max(pause, LONGEST_PAUSE);
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
