package io.windrow.pool;

import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /** Id of the recorder of the stage before; null in the first. */
  public @Nullable String previousRecorder() {
    List<TaskResult> earlier = task.earlier();
    return earlier.isEmpty() ? null : earlier.get(earlier.size() - 1).recorder();
  }

  /**
   * What a success of this attempt comes to. The end of the last stage sums the task up: metrics of
   * earlier stages that it has not are among its own.
   *
   * @param metrics of the attempt
   */
  public TaskResult result(Map<String, Double> metrics) {
    Map<String, Double> all = new LinkedHashMap<>();
    if (task.inLastStage()) {
      task.earlier().forEach(stage -> all.putAll(stage.metrics()));
    }
    all.putAll(metrics);
    return new TaskResult(recorderId(), token, all);
  }
}
