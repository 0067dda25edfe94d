package io.windrow.coordinator.api;

import io.windrow.task.TaskState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A pool as the API shows it.
 *
 * @param pool its name
 * @param counts how many of its tasks are in each state; all states are named
 */
record PoolView(String pool, Map<String, Long> counts) {

  static PoolView of(String pool, Map<TaskState, Long> counts) {
    return new PoolView(pool, words(counts));
  }

  static Map<String, Long> words(Map<TaskState, Long> counts) {
    Map<String, Long> words = new LinkedHashMap<>();
    for (TaskState state : TaskState.values()) {
      words.put(state.word(), counts.getOrDefault(state, 0L));
    }
    return words;
  }
}
