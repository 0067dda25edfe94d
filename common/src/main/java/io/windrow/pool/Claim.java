package io.windrow.pool;

import io.windrow.task.Task;

/**
 * A worker's right to one attempt at a task.
 *
 * @param task the task as claimed: running, its version the token every later write must show
 * @param token the random claim token, also in the task's lease
 */
public record Claim(Task task, String token) {

  /** The fencing token. */
  public long version() {
    return task.version();
  }

  /**
   * Id of the recorder this attempt writes to: one per claim, so attempts never share artifacts.
   */
  public String recorderId() {
    return task.id().substring(0, 16) + "-" + task.version();
  }
}
