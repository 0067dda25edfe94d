package io.windrow.experiment;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's record: Qlib's recorder, one per claim, or one that was started by hand.
 *
 * @param id see {@code Claim.recorderId}
 * @param experiment name of the experiment
 * @param taskId the task it belongs to; empty if it was started by hand
 * @param version the claim's fencing token, 0 without a task
 * @param status progress
 * @param params flattened task definition
 * @param tags free words: worker, host, data version
 * @param metrics last value of each metric
 * @param startedAt begin of the attempt
 * @param endedAt when it was finalised, or null
 * @param previous id of the recorder of the task's stage before, or null: what this one lacks is
 *     looked for there
 */
public record Recorder(
    String id,
    String experiment,
    String taskId,
    long version,
    Status status,
    Map<String, String> params,
    Map<String, String> tags,
    Map<String, Double> metrics,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String previous) {
  /** The tag that keeps the name. */
  public static final String NAME_TAG = "recorder.name";

  /** The name of a recorder that was given none; Qlib's. */
  public static final String DEFAULT_NAME = "mlflow_recorder";

  public Recorder {
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
    metrics = Map.copyOf(metrics);
  }

  /** Its name, which several recorders of an experiment may have. */
  public String name() {
    return tags.getOrDefault(NAME_TAG, DEFAULT_NAME);
  }

  /** Qlib's recorder statuses. */
  public enum Status {
    SCHEDULED,
    RUNNING,
    FINISHED,
    FAILED
  }
}
