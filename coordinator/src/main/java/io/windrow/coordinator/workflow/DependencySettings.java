package io.windrow.coordinator.workflow;

import io.windrow.task.Dependency.On;
import org.jspecify.annotations.Nullable;

/**
 * What each task of a workflow waits for: one entry of {@code windrow.depends_on}.
 *
 * @param task id of a task in any pool; null is the previous window of the same template, which the
 *     first window does not have
 * @param on how it must have ended
 * @param when what its metrics must say, or null
 */
public record DependencySettings(@Nullable String task, On on, @Nullable String when) {

  /** The word for the previous window. */
  static final String PREVIOUS = "previous";
}
