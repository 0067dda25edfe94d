package io.windrow.worker.lease;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats at once and then again after each pause, on a thread of its own, whatever becomes of a
 * beat: when a task fills the heap, the error hits whoever asks for memory next. Others' tasks must
 * not lose their leases by that.
 */
public final class Pulse implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);

  private final String name;
  private final Runnable beat;
  private final long pauseMillis;
  private final LongSupplier nanoClock;
  private final Thread thread;
  private volatile boolean beating;
  private volatile long lastAt;

  /**
   * @param name for thread and log
   * @param beat does not wait for anything; never called twice at the same time
   * @param nanoClock monotonic, {@code System::nanoTime} but in tests
   */
  public Pulse(String name, Runnable beat, Duration pause, LongSupplier nanoClock) {
    this.name = name;
    this.beat = beat;
    this.pauseMillis = pause.toMillis();
    this.nanoClock = nanoClock;
    this.thread = new Thread(this::run, "windrow-" + name);
    this.thread.setDaemon(true);
  }

  /** Begins. */
  public void start() {
    lastAt = nanoClock.getAsLong();
    beating = true;
    thread.start();
  }

  /** One beat between the others. Never throws. */
  public synchronized void beat() {
    try {
      beat.run();
      lastAt = nanoClock.getAsLong();
    } catch (RuntimeException | Error e) {
      tell(e);
    }
  }

  /** Time since the last beat that was not thwarted; 0 before the first and after the last one. */
  Duration silence() {
    return beating ? Duration.ofNanos(nanoClock.getAsLong() - lastAt) : Duration.ZERO;
  }

  private void run() {
    try {
      while (beating) {
        beat();
        Thread.sleep(pauseMillis); // needs no memory, as a queue or a lock might
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // close() did it: the thread ends here
    }
  }

  private void tell(Throwable error) {
    try {
      log.atWarn()
          .addKeyValue("pulse", name)
          .addKeyValue("error", error.toString())
          .log("beat thwarted, the next one is tried all the same");
    } catch (RuntimeException | Error e) {
      // There is no memory for that either. The silence tells.
    }
  }

  @Override
  public void close() {
    beating = false;
    thread.interrupt();
  }
}
