package io.windrow.pool;

import io.windrow.task.TaskState;

/** What came of recording an outcome. */
public sealed interface CommitResult {

  /**
   * The outcome is the task's one recorded outcome.
   *
   * @param state the state it led to: done, part_done (a stage has ended), failed, or waiting for
   *     another attempt
   * @param version the version it was recorded under
   */
  record Committed(TaskState state, long version) implements CommitResult {}

  /**
   * The task has moved on under another version: the outcome is worthless and nothing was written.
   */
  record Fenced() implements CommitResult {}

  /**
   * The task cannot end so. It runs on, and another outcome may be recorded.
   *
   * @param reason for people
   */
  record Refused(String reason) implements CommitResult {}
}
