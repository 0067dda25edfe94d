package io.windrow.task;

import java.util.Map;

/**
 * The small summary that a finished task, or a stage that has ended, keeps; everything large is in
 * the recorder.
 *
 * @param recorder id of the recorder that owns the artifacts
 * @param claim the claim that produced it, so that a lost reply to a commit can be settled
 * @param metrics last values; of a finished task also those of its earlier stages that the last one
 *     has not
 */
public record TaskResult(String recorder, String claim, Map<String, Double> metrics) {
  public TaskResult {
    metrics = Map.copyOf(metrics);
  }
}
