package io.windrow.coordinator.fleet;

import io.windrow.fleet.KnownWorker;
import io.windrow.fleet.WorkerState;
import java.time.Duration;

/**
 * A worker and how it stands.
 *
 * @param worker as the store knows it
 * @param state now
 * @param silence since its last beat
 */
public record Member(KnownWorker worker, WorkerState state, Duration silence) {

  /** Whether it takes tasks. */
  boolean live() {
    return state == WorkerState.LIVE;
  }
}
