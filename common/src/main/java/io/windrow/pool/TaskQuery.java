package io.windrow.pool;

import io.windrow.task.TaskState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list. A null or empty part does not restrict.
 *
 * @param pool name of the pool
 * @param submission id of a submission: tasks among its expected ones
 * @param states states to include
 * @param limit at most so many, ordered by seq
 */
public record TaskQuery(
    @Nullable String pool, @Nullable String submission, Set<TaskState> states, int limit) {
  public TaskQuery {
    states = Set.copyOf(states);
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, is " + limit);
    }
  }
}
