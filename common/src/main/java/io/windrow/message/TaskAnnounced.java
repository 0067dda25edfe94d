package io.windrow.message;

import java.util.Objects;

/**
 * A task may be claimed. Only a hint: the claim decides.
 *
 * @param schemaVersion 1
 * @param taskId the task
 * @param version the version a claim must find
 * @param pool name of the pool, for logs
 * @param queue name of the queue
 */
public record TaskAnnounced(
    int schemaVersion, String taskId, long version, String pool, String queue) {
  public TaskAnnounced {
    if (schemaVersion != 1) {
      throw new IllegalArgumentException("schemaVersion " + schemaVersion + " is not known here");
    }
    if (taskId.isBlank() || version < 1) {
      throw new IllegalArgumentException("taskId and version are required");
    }
    Objects.requireNonNull(pool, "pool");
    Objects.requireNonNull(queue, "queue");
  }
}
