package io.windrow.pool;

import io.windrow.task.TaskState;

/**
 * That a task has ended.
 *
 * @param id of the task
 * @param state done, failed or cancelled
 * @param version of this end
 */
public record EndedTask(String id, TaskState state, long version) {
  public EndedTask {
    if (!state.terminal()) {
      throw new IllegalArgumentException("task " + id + " is " + state.word() + ", not ended");
    }
  }
}
