package io.windrow.coordinator.fleet;

import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.TaskCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What would keep workers of a queue busy now. This is what their number follows, so nothing counts
 * that more workers could not run.
 *
 * @param tasks runnable, queued and running; what waits for its next attempt, for another task or
 *     in a paused pool or queue does not count, nor what limits keep from running
 * @param since when the first in line became due, or null where nothing more could begin
 */
public record QueueDemand(long tasks, @Nullable Instant since) {
  static final QueueDemand NONE = new QueueDemand(0, null);

  /** Of each queue that has tasks. */
  public static Map<String, QueueDemand> of(Collection<TaskCount> census, SetLimits limits) {
    Map<String, Map<String, Share>> queues = new TreeMap<>();
    // The limit of a pool is one for all queues that it has tasks in.
    Map<String, Long> running = new HashMap<>();
    for (TaskCount count : census) {
      Share share = Share.of(count, limits);
      running.merge(count.pool(), share.running(), Long::sum);
      queues
          .computeIfAbsent(count.queue(), queue -> new HashMap<>())
          .merge(count.pool(), share, Share::plus);
    }
    Map<String, QueueDemand> demands = new TreeMap<>();
    queues.forEach(
        (queue, pools) -> {
          Share all = Share.NONE;
          for (Map.Entry<String, Share> pool : pools.entrySet()) {
            String name = pool.getKey();
            all =
                all.plus(pool.getValue().within(limits.pool(name), running.getOrDefault(name, 0L)));
          }
          Share most = all.within(limits.queue(queue), all.running());
          demands.put(queue, new QueueDemand(most.running() + most.ready(), most.since()));
        });
    return demands;
  }

  /** How long the first in line has been due; 0 if nothing is. */
  public Duration age(Instant now) {
    return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }

  /**
   * What runs, what could begin, and since when the first of that is due: null if nothing could.
   */
  private record Share(long running, long ready, @Nullable Instant since) {
    static final Share NONE = new Share(0, 0, null);

    static Share of(TaskCount count, SetLimits limits) {
      return switch (count.state()) {
        case RUNNING -> new Share(count.tasks(), 0, null);
        case QUEUED -> new Share(0, count.tasks(), count.dueSince());
        case WAITING -> paused(count, limits) ? NONE : new Share(0, count.due(), count.dueSince());
        case PART_DONE, DONE, FAILED, CANCELLED -> NONE;
      };
    }

    private static boolean paused(TaskCount count, SetLimits limits) {
      return limits.pool(count.pool()).paused() || limits.queue(count.queue()).paused();
    }

    Share plus(Share other) {
      return new Share(running + other.running, ready + other.ready, earlier(since, other.since));
    }

    /** With what is left of a limit, of which so many run. */
    Share within(Limit limit, long taken) {
      long room = Math.max(0, limit.maxRunning() - taken);
      return new Share(running, Math.min(ready, room), room == 0 ? null : since);
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      return a.isBefore(b) ? a : b;
    }
  }
}
