package io.windrow.message;

import io.windrow.task.TaskState;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task has its recorded outcome.
 *
 * @param schemaVersion 1
 * @param taskId the task, also the record's key
 * @param version the version the outcome was recorded under; a lower one than already seen is stale
 * @param state done, failed or cancelled
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param submission the first submission that asked for the task
 * @param recorder id of the recorder that owns the artifacts; null if there is none
 * @param metrics last values
 */
public record TaskFinished(
    int schemaVersion,
    String taskId,
    long version,
    TaskState state,
    String pool,
    String experiment,
    String submission,
    @Nullable String recorder,
    Map<String, Double> metrics) {
  public TaskFinished {
    if (schemaVersion != 1) {
      throw new IllegalArgumentException("schemaVersion " + schemaVersion + " is not known here");
    }
    if (taskId.isBlank() || version < 1 || !state.terminal()) {
      throw new IllegalArgumentException("taskId, version and a final state are required");
    }
    Objects.requireNonNull(pool, "pool");
    Objects.requireNonNull(experiment, "experiment");
    Objects.requireNonNull(submission, "submission");
    metrics = Map.copyOf(metrics);
  }
}
