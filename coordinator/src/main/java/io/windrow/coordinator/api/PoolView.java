package io.windrow.coordinator.api;

import io.windrow.pool.PoolLimits.Limit;
import io.windrow.task.TaskState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool as the API shows it.
 *
 * @param pool its name
 * @param counts how many of its tasks are in each state; all states are named
 * @param paused nothing of it may start
 * @param maxRunning so many run at once, or null
 */
record PoolView(
    String pool, Map<String, Long> counts, boolean paused, @Nullable Integer maxRunning) {

  static PoolView of(Map<TaskState, Long> counts, Limit limit) {
    return new PoolView(limit.pool(), words(counts), limit.paused(), limit.bound());
  }

  static Map<String, Long> words(Map<TaskState, Long> counts) {
    Map<String, Long> words = new LinkedHashMap<>();
    for (TaskState state : TaskState.values()) {
      words.put(state.word(), counts.getOrDefault(state, 0L));
    }
    return words;
  }
}
