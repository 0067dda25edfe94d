package io.windrow.worker.commit;

import java.util.Locale;

/** How an attempt ended for the task: the {@code outcome} tag of the execution metric. */
public enum CommitOutcome {
  /** The task is done. */
  DONE,
  /** The task's stage is done; another follows. */
  PART_DONE,
  /** The task has failed for good. */
  FAILED,
  /** The attempt failed; another follows. */
  RETRY,
  /** Given back unfinished, not charged. */
  HANDED_BACK,
  /** The task had moved on: nothing was recorded. */
  FENCED,
  /** The store did not answer while the lease could still be ours: others will settle it. */
  ABANDONED;

  /** The tag's value. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
