package io.windrow.pool;

import io.windrow.task.Task;
import io.windrow.task.TaskState;

/** What came of a person's wish about one task. */
public sealed interface ControlResult {

  /** The task as it now stands. */
  record Changed(Task task) implements ControlResult {}

  /**
   * The task's state does not allow it; nothing was changed.
   *
   * @param state the state it is in
   * @param reason why that does not do, for people
   */
  record Refused(TaskState state, String reason) implements ControlResult {}

  /** There is no such task. */
  record Unknown() implements ControlResult {}
}
