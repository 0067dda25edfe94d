package io.windrow.failpoint;

/**
 * A place between two writes, or between a write and its announcement: whatever stops a process
 * there (a kill, a power cut, an exhausted heap) must leave something that a sweep repairs. Every
 * one has a test that stops there and watches the repair.
 *
 * <p>In production a point costs one volatile read. See {@link FailPoints} for how one is armed.
 */
public enum FailPoint {
  // ---- worker, in the order an attempt passes them

  /** Claimed; the broker does not know yet, and nothing runs. */
  INTAKE_CLAIMED,
  /** On the slot's thread, before the first heartbeat and the recorder. */
  ATTEMPT_STARTING,
  /** The recorder is stored as running. */
  RECORDER_BEGUN,
  /** Step 1 of the commit: artifacts and metrics are stored. */
  OUTCOME_STORED,
  /** Step 2: the task has its outcome. */
  TASK_COMMITTED,
  /** Step 3: the recorder is final. */
  RECORDER_FINISHED,
  /** Step 4: the result is on its topic. */
  RESULT_PUBLISHED,
  /** Step 5: the task is marked published. */
  RESULT_MARKED,
  /** A claim seems lost; nothing is read or written yet. */
  DISCARD_BEGUN,
  /** A discarded attempt's task was handed back; its recorder still runs. */
  DISCARD_HANDED_BACK,
  /** A discarded attempt's recorder is failed; its artifacts are still there. */
  DISCARD_RECORDER_FAILED,

  // ---- coordinator

  /** The submission is stored as inserting; none of its tasks is. */
  SUBMISSION_BEGUN,
  /** One batch of its tasks is inserted. */
  SUBMISSION_BATCH_INSERTED,
  /** All its tasks are; it still says inserting. */
  SUBMISSION_TASKS_INSERTED,
  /** Tasks are queued and not announced. */
  TASKS_QUEUED,
  /** Tasks are announced. */
  TASKS_ANNOUNCED,
  /** Tasks are announced again; that is not noted yet. */
  TASKS_ANNOUNCED_AGAIN,
  /** A task was taken from a silent worker; its recorder still runs. */
  TASK_REAPED,
  /** Recorders of ended attempts are closed; their results are not published yet. */
  RECORDERS_CLOSED,
  /** Results are published in their workers' place, and not marked. */
  RESULTS_PUBLISHED,
  /** Tasks wait for their next stage; the dispatcher was not told. */
  STAGES_ADVANCED,
  /** One dependent was let run or given up, others may be left. */
  DEPENDENT_SETTLED,
  /** One task of a paused pool was taken back, others may be left. */
  TASK_RECALLED,

  // ---- the pool, in whichever process

  /** Open-ended windows are inserted; those they replace are not marked. */
  WINDOWS_INSERTED,
  /** A window is marked as superseded, and not cancelled. */
  WINDOW_SUPERSEDED,
  /** A task is cancelled for one with another definition that is not inserted. */
  REPLACED_TASK_CANCELLED,

  // ---- collector

  /** Undecodable records are parked; the results beside them are not stored. */
  RECORDS_PARKED,
  /** Results are stored, their offsets not committed. */
  RESULTS_COLLECTED,

  // ---- housekeeping

  /** Tasks of an expired submission are removed; all that belongs to them is there. */
  EXPIRED_TASKS_REMOVED,
  /** Their recorders are deleted; they are still in the collection. */
  EXPIRED_RECORDERS_DELETED,
  /** They are not any more; the submission still lists them. */
  EXPIRED_RESULTS_DELETED,
  /** Artifacts of a lost attempt are deleted; its recorder is not marked as swept. */
  LEFTOVERS_DELETED;

  /** To be called exactly there. */
  public void pass() {
    FailPoints.pass(this);
  }
}
