package io.windrow.store;

import io.windrow.pool.PoolLimits.Limit;
import io.windrow.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * Waiting tasks of one queue as read once: per pool a line in the order in which they should run.
 *
 * <p>Chosen is the highest priority first; of equal priority the pool with the fewest tasks under
 * way, so that pools take turns. Serving them after they were read is harmless: what has changed
 * since has another version and is not moved. Once they are fewer than are asked for, they are read
 * anew as soon as their share of the time allows.
 */
final class Candidates {
  /** Reading takes at most one part in so many of the time. */
  private static final int SHARE = 10;

  /** How late others' changes are noticed while there is more to do than is asked for. */
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final Map<String, Queue<Task>> lines = new HashMap<>();
  private final Set<String> cutShort = new HashSet<>();
  private final Map<String, Integer> underWay;
  private final Instant until;
  private final Instant untilIfBusy;
  private boolean busy = true;

  /**
   * @param lines per pool its first tasks, in order
   * @param underWay queued and running tasks per pool
   * @param most how many of each pool were asked for
   */
  Candidates(
      List<List<Task>> lines, Map<String, Integer> underWay, int most, Instant begin, Instant end) {
    for (List<Task> line : lines) {
      if (!line.isEmpty()) {
        String pool = line.get(0).pool();
        this.lines.put(pool, new ArrayDeque<>(line));
        if (line.size() >= most) {
          cutShort.add(pool);
        }
      }
    }
    this.underWay = new HashMap<>(underWay);
    Duration cost = Duration.between(begin, end);
    this.until = end.plus(cost.multipliedBy(SHARE - 1));
    this.untilIfBusy = end.plus(BUSY);
  }

  synchronized Set<String> pools() {
    return Set.copyOf(lines.keySet());
  }

  /** Whether these still answer a question for so many tasks. */
  synchronized boolean serves(int limit, Instant now) {
    return (now.isBefore(until) || (busy && now.isBefore(untilIfBusy)))
        && cutShort.stream().allMatch(pool -> lines.get(pool).size() >= limit);
  }

  synchronized void remove(List<Task> queued) {
    Map<String, Task> byId = new HashMap<>();
    queued.forEach(task -> byId.put(task.id(), task));
    lines.forEach(
        (pool, line) -> {
          int before = line.size();
          line.removeIf(task -> byId.containsKey(task.id()));
          underWay.merge(pool, before - line.size(), Integer::sum);
        });
  }

  /** The best, in order. */
  synchronized List<Task> best(int limit, Map<String, Limit> limits) {
    Map<String, Integer> counts = new HashMap<>(underWay);
    List<Line> open = new ArrayList<>();
    lines.forEach((pool, line) -> open.add(new Line(pool, new ArrayDeque<>(line))));
    Comparator<Line> best =
        Comparator.<Line>comparingInt(line -> -line.waiting().element().priority())
            .thenComparingInt(line -> counts.getOrDefault(line.pool(), 0))
            .thenComparing(Line::pool);
    List<Task> merged = new ArrayList<>();
    while (true) {
      open.removeIf(line -> line.waiting().isEmpty() || isFull(line, counts, limits));
      if (open.isEmpty() || merged.size() == limit) {
        busy = merged.size() == limit;
        return merged;
      }
      Line next = open.stream().min(best).orElseThrow();
      merged.add(next.waiting().remove());
      counts.merge(next.pool(), 1, Integer::sum);
    }
  }

  private static boolean isFull(Line line, Map<String, Integer> counts, Map<String, Limit> limits) {
    Limit limit = limits.getOrDefault(line.pool(), Limit.none(line.pool()));
    return limit.paused() || counts.getOrDefault(line.pool(), 0) >= limit.maxRunning();
  }

  private record Line(String pool, Queue<Task> waiting) {}
}
