package io.windrow.task;

/** What a failed attempt means for the task. */
public enum FailureKind {
  /** A bad definition or bad data: another attempt would fail the same way. */
  FATAL,
  /** Killed, timed out, out of memory, store or broker away: another attempt may succeed. */
  RETRYABLE
}
