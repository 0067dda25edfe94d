package io.windrow.fleet;

import java.util.Locale;

/** How a worker stands, by its last beat and by what was asked of it. */
public enum WorkerState {
  /** It beats and takes tasks. */
  LIVE,
  /** Asked to drain, or to stop: it takes nothing more, what it has comes to its end. */
  DRAINING,
  /** It was asked to drain and holds nothing any more; it stays until it is asked to go on. */
  DRAINED,
  /** It has not beaten for a lease: its tasks run elsewhere, or are about to. */
  STALE,
  /** It has said good-bye, or has been silent for long. */
  GONE;

  /** The word in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
