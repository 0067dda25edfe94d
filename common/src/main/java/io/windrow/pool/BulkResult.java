package io.windrow.pool;

import io.windrow.task.TaskState;
import java.util.Map;

/**
 * What came of a change to many tasks, each a conditional update of its own.
 *
 * @param changed so many were changed
 * @param refused tasks left as they are, by the state that forbids the change
 * @param raced tasks that somebody else changed at the same moment: ask again
 */
public record BulkResult(int changed, Map<TaskState, Integer> refused, int raced) {
  public BulkResult {
    refused = Map.copyOf(refused);
  }
}
