package io.windrow.worker.intake;

/** What the broker is told about an announcement. */
enum Verdict {
  /** Claimed, stale, deferred or parked: it need not come again. */
  SETTLED,
  /** The store or the broker did not answer for it: it must come again. */
  AGAIN
}
