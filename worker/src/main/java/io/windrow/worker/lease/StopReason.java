package io.windrow.worker.lease;

/** Why a run is asked to stop before its end. */
public enum StopReason {
  /** The store said that the task is no longer this worker's: reaped, cancelled or removed. */
  LOST,
  /** No heartbeat has succeeded for about a lease: the task may be somebody else's by now. */
  SILENT,
  /** The attempt has taken as long as its task's terms allow; the lease is still its own. */
  TIMED_OUT,
  /** The worker is shutting down; the lease is still its own. */
  DRAINING
}
