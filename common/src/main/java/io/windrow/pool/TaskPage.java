package io.windrow.pool;

import io.windrow.task.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of tasks.
 *
 * @param tasks in order
 * @param next where the next page begins, to be handed back as it is; null if this is the last
 */
public record TaskPage(List<Task> tasks, @Nullable String next) {
  public TaskPage {
    tasks = List.copyOf(tasks);
  }
}
