package io.windrow.cli.client;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Does something after a time, unless it is closed before. */
final class Deadline implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "windrow-deadline");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean passed;

  private Deadline() {}

  static Deadline in(Duration time, Runnable act) {
    Deadline deadline = new Deadline();
    var unused =
        deadline.timer.schedule(
            () -> {
              deadline.passed = true;
              act.run();
            },
            time.toMillis(),
            TimeUnit.MILLISECONDS);
    return deadline;
  }

  /** Whether it was done. */
  boolean passed() {
    return passed;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
