package io.windrow.pool;

import java.time.Duration;

/** What came of trying to claim an announced task. */
public sealed interface ClaimResult {

  /** The task is the caller's to run. */
  record Claimed(Claim claim) implements ClaimResult {}

  /** Another worker has it, or it was recalled, cancelled or removed: nothing to do. */
  record Stale() implements ClaimResult {}

  /** The pool or queue is paused or at its limit: handed back to waiting, not charged. */
  record Deferred(String reason, Duration retryAfter) implements ClaimResult {}
}
