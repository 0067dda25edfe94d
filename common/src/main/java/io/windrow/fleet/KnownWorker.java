package io.windrow.fleet;

import java.time.Duration;
import java.time.Instant;

/**
 * A worker as the store knows it.
 *
 * @param presence what it told last
 * @param beat when, by the store's clock
 * @param drain whether it is asked to take nothing more
 * @param left whether it has said good-bye
 */
public record KnownWorker(Presence presence, Instant beat, boolean drain, boolean left) {

  /**
   * How it stands.
   *
   * @param now by the store's clock
   * @param stale silent for so long it has lost its leases
   * @param gone silent for so long it is not expected back
   */
  public WorkerState state(Instant now, Duration stale, Duration gone) {
    Duration silence = Duration.between(beat, now);
    if (left || silence.compareTo(gone) > 0) {
      return WorkerState.GONE;
    }
    if (silence.compareTo(stale) > 0) {
      return WorkerState.STALE;
    }
    if (!drain && !presence.stopping()) {
      return WorkerState.LIVE;
    }
    return presence.idle() ? WorkerState.DRAINED : WorkerState.DRAINING;
  }
}
