package io.windrow.coordinator.fleet;

import static io.windrow.task.TaskState.QUEUED;
import static io.windrow.task.TaskState.RUNNING;
import static io.windrow.task.TaskState.WAITING;

import io.windrow.pool.TaskCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What would keep workers of a queue busy now.
 *
 * @param tasks runnable, queued and running; what waits for its next attempt, for another task or
 *     in a paused pool does not count
 * @param since when the first in line became due, or null
 */
public record QueueDemand(long tasks, @Nullable Instant since) {
  static final QueueDemand NONE = new QueueDemand(0, null);

  /**
   * Of each queue that has tasks.
   *
   * @param paused names of pools of which nothing may start
   */
  public static Map<String, QueueDemand> of(Collection<TaskCount> census, Set<String> paused) {
    Map<String, QueueDemand> demands = new TreeMap<>();
    for (TaskCount count : census) {
      demands.merge(count.queue(), of(count, paused.contains(count.pool())), QueueDemand::plus);
    }
    return demands;
  }

  private static QueueDemand of(TaskCount count, boolean paused) {
    boolean mayRun = count.state() != WAITING || !paused;
    boolean busy = count.state() == WAITING || count.state() == QUEUED || count.state() == RUNNING;
    return mayRun ? new QueueDemand(busy ? count.due() : 0, count.dueSince()) : NONE;
  }

  private QueueDemand plus(QueueDemand other) {
    return new QueueDemand(tasks + other.tasks, earlier(since, other.since));
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }

  /** How long the first in line has been due; 0 if nothing is. */
  public Duration age(Instant now) {
    return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }
}
