package io.windrow.pool;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks an operation is about: those that all given parts agree on.
 *
 * @param pool name of the pool, or null for all pools
 * @param filter conditions
 * @param ids only these, at most {@value #MAX_IDS}; null does not restrict
 */
public record TaskSelection(@Nullable String pool, TaskFilter filter, @Nullable List<String> ids) {
  /** Most ids of one selection. */
  public static final int MAX_IDS = 10_000;

  public TaskSelection {
    if (ids != null) {
      ids = List.copyOf(Set.copyOf(ids));
      if (ids.size() > MAX_IDS) {
        throw new IllegalArgumentException(
            "a selection may name " + MAX_IDS + " tasks, not " + ids.size());
      }
    }
  }

  /** All tasks of a pool. */
  public static TaskSelection ofPool(String pool) {
    return new TaskSelection(pool, TaskFilter.ALL, null);
  }

  /** These tasks. */
  public static TaskSelection ofIds(List<String> ids) {
    return new TaskSelection(null, TaskFilter.ALL, ids);
  }

  /** Whether it leaves nothing out. */
  public boolean everything() {
    return pool == null && filter.conditions().isEmpty() && ids == null;
  }
}
