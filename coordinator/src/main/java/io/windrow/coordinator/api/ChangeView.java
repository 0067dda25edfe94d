package io.windrow.coordinator.api;

import io.windrow.pool.BulkResult;
import io.windrow.task.TaskState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a change to many tasks.
 *
 * @param changed so many were changed
 * @param refused tasks left as they are, by their state
 * @param raced tasks that somebody else changed at the same moment: ask again
 * @param unknown ids of the request that are not there
 */
record ChangeView(int changed, Map<String, Integer> refused, int raced, List<String> unknown) {

  static ChangeView of(BulkResult result, List<String> unknown) {
    Map<String, Integer> words = new TreeMap<>();
    for (Map.Entry<TaskState, Integer> entry : result.refused().entrySet()) {
      words.put(entry.getKey().word(), entry.getValue());
    }
    return new ChangeView(result.changed(), words, result.raced(), unknown);
  }
}
