package io.windrow.pool;

import io.windrow.task.TaskState;

/** What came of replacing a task's definition. */
public sealed interface Replacement {

  /**
   * Another task stands in its place: the id is the definition's hash.
   *
   * @param id of the new task
   */
  record Replaced(String id) implements Replacement {}

  /** The definition is the one it has. */
  record Same() implements Replacement {}

  /** It has run or runs, or another definition has replaced it. */
  record Refused(TaskState state, String reason) implements Replacement {}
}
