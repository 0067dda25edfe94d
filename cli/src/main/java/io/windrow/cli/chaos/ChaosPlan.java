package io.windrow.cli.chaos;

import java.time.Duration;

/**
 * What a run is made of.
 *
 * @param lasts how long there are faults; what comes after is waiting for the end and checking
 * @param workers how many, each with {@value #SLOTS} slots
 * @param seed of faults and tasks
 * @param every how often a fault, in the part in which they come by lot
 * @param lease of the claims
 * @param unfenced whether the workers run without fencing, to prove that the checker notices
 */
record ChaosPlan(
    Duration lasts, int workers, long seed, Duration every, Duration lease, boolean unfenced) {
  static final int SLOTS = 2;
  static final int COORDINATORS = 2;

  ChaosPlan {
    require(lasts.compareTo(Duration.ofSeconds(10)) >= 0, "a run lasts at least 10 seconds");
    require(workers >= 2 && workers <= 64, "2 to 64 workers: a killed one's tasks run elsewhere");
    require(every.compareTo(Duration.ofMillis(500)) >= 0, "a fault at most every half second");
    require(lease.compareTo(Duration.ofSeconds(2)) >= 0, "a lease of at least 2 seconds");
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /** How many of a part there are. */
  int members(FaultKind.Part part) {
    return switch (part) {
      case WORKER -> workers;
      case COORDINATOR -> COORDINATORS;
      case COLLECTOR, BROKER, STORE, NETWORK, MACHINE -> 1;
    };
  }
}
