package io.windrow.pool;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task that is done is worth, without what it was.
 *
 * @param id of the task
 * @param model class of its model as the definition names it, or null
 * @param end last day of the segment it predicts, or null
 * @param metrics last values of its result
 * @param at when it was done
 */
public record ScoredWindow(
    String id,
    @Nullable String model,
    @Nullable String end,
    Map<String, Double> metrics,
    Instant at) {
  public ScoredWindow {
    metrics = Map.copyOf(metrics);
  }
}
