package io.windrow.cli.chaos;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices when this process does not get to run, on a machine that is suspended or has too much to
 * do: the processes of the cluster then cannot keep their leases either, and nobody is to blame.
 */
final class MachineWatch {
  private static final Duration STEP = Duration.ofMillis(50);

  private final Duration tolerated;
  private final Injector injector;

  /**
   * @param tolerated longest pause that costs nobody a lease
   * @param injector where pauses are noted
   */
  MachineWatch(Duration tolerated, Injector injector) {
    this.tolerated = tolerated;
    this.injector = injector;
  }

  /** Goes on until it is interrupted. */
  void run() {
    try {
      while (true) {
        Instant wall = Instant.now();
        long begin = System.nanoTime();
        Thread.sleep(STEP.toMillis());
        if (System.nanoTime() - begin > tolerated.toNanos()) {
          injector.machinePaused(wall, Instant.now());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
