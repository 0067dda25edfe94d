package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.Ran;
import io.windrow.cli.chaos.History.Try;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the cluster took to go on after a fault.
 *
 * @param kind of the fault
 * @param alone whether no other fault was near
 * @param time of a killed worker's task until it runs elsewhere; else until a task is announced and
 *     taken again, from the leader's death, or from the moment broker or store accept connections
 */
record Recovery(FaultKind kind, boolean alone, Duration time) {

  /** The tasks that killed workers were at, by their histories. */
  static List<Recovery> ofKilledWorkers(History history) {
    List<Recovery> recoveries = new ArrayList<>();
    for (Fault fault : history.faults()) {
      if (fault.kind() == FaultKind.WORKER_KILL) {
        for (Ran task : history.tasks()) {
          add(fault, task.tries(), recoveries);
        }
      }
    }
    return recoveries;
  }

  private static void add(Fault fault, List<Try> tries, List<Recovery> recoveries) {
    for (int i = 0; i < tries.size() - 1; i++) {
      Try cut = tries.get(i);
      if (cut.worker().equals(fault.target())
          && cut.outcome().equals("expired")
          && !cut.from().isAfter(fault.from())
          && !cut.to().isBefore(fault.from())) {
        Instant again = tries.get(i + 1).from();
        recoveries.add(
            new Recovery(fault.kind(), fault.alone(), Duration.between(fault.from(), again)));
      }
    }
  }
}
