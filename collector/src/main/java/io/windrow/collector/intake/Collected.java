package io.windrow.collector.intake;

import io.windrow.message.TaskFinished;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest known outcome of one task.
 *
 * @param taskId the task
 * @param version the version the outcome was recorded under
 * @param state done, failed or cancelled
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param submission the first submission that asked for the task
 * @param recorder id of the recorder that owns the artifacts, or null
 * @param metrics last values
 * @param at when it was taken in
 */
public record Collected(
    String taskId,
    long version,
    TaskState state,
    String pool,
    String experiment,
    String submission,
    @Nullable String recorder,
    Map<String, Double> metrics,
    Instant at) {

  public Collected {
    if (!state.terminal()) {
      throw new IllegalArgumentException("only a final state is collected, not " + state.word());
    }
    metrics = Map.copyOf(metrics);
  }

  /** What the results topic brought. */
  static Collected of(TaskFinished finished, Instant at) {
    return new Collected(
        finished.taskId(),
        finished.version(),
        finished.state(),
        finished.pool(),
        finished.experiment(),
        finished.submission(),
        finished.recorder(),
        finished.metrics(),
        at);
  }

  /** What the pool says of a finished task. */
  static Collected of(Task task, Instant at) {
    TaskResult result = task.result();
    return new Collected(
        task.id(),
        task.version(),
        task.state(),
        task.pool(),
        task.experiment(),
        task.submission(),
        result == null ? null : result.recorder(),
        result == null ? Map.of() : result.metrics(),
        at);
  }
}
