package io.windrow.coordinator.generate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tree of tasks that generators make, depth first, and gives its leaves. A {@code
 * flatMap} would do if an iterator over it did not keep all that one element gives.
 */
final class Combinations implements Iterator<TaskDefinition> {
  private final List<TaskGen> generators;

  /** Where the walk is: the templates at the bottom, then what each generator is giving. */
  private final Deque<Iterator<TaskDefinition>> path = new ArrayDeque<>();

  private @Nullable TaskDefinition next;

  Combinations(Iterator<TaskDefinition> templates, List<? extends TaskGen> generators) {
    this.generators = List.copyOf(generators);
    path.push(templates);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !path.isEmpty()) {
      if (!path.getFirst().hasNext()) {
        path.pop();
        continue;
      }
      TaskDefinition task = path.getFirst().next();
      int level = path.size() - 1;
      if (level == generators.size()) {
        next = task;
      } else {
        path.push(generators.get(level).generate(task).iterator());
      }
    }
    return next != null;
  }

  @Override
  public TaskDefinition next() {
    if (!hasNext()) {
      throw new NoSuchElementException("there are no more tasks");
    }
    TaskDefinition task = next;
    next = null;
    return Objects.requireNonNull(task);
  }
}
