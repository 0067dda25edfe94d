package io.windrow.coordinator.fleet;

import io.windrow.pool.TaskCount;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks came to their end within each ten seconds of the last hour, from the counts that
 * are made for the gauges anyway.
 *
 * <p>It is kept in memory, and by each coordinator for itself: after its start it knows nothing
 * earlier. What came to its end between two counts is spread evenly over the time between them.
 * Counts that fall, because tasks were removed or replayed, take nothing away. A long time without
 * a count, because the store was away, leaves a gap: what ended then is in no point.
 */
public final class Throughput {
  /** What a point covers. */
  public static final Duration STEP = Duration.ofSeconds(10);

  private static final Duration KEPT = Duration.ofHours(1);

  /** Between counts so far apart nobody knows when something happened. */
  private static final Duration GAP = STEP.multipliedBy(2);

  private final Clock clock;
  private final Deque<Point> points = new ArrayDeque<>();
  private @Nullable Seen last;

  /** What had ended at the end of the last point; null after a gap. */
  private @Nullable Ended told;

  /**
   * Knows nothing yet.
   *
   * @param clock the store's
   */
  public Throughput(Clock clock) {
    this.clock = clock;
  }

  /**
   * What happened within one {@link #STEP}.
   *
   * @param at its end
   * @param done tasks that came to done
   * @param failed tasks that came to failed
   * @param running tasks that ran when they were next counted
   */
  public record Point(Instant at, long done, long failed, long running) {}

  private record Seen(Instant at, Map<Place, Long> counts, Ended ended) {}

  private record Place(String pool, String queue, TaskState state) {}

  /** Since the first count. */
  private record Ended(long done, long failed) {}

  /** Takes in how many tasks there are now. */
  public synchronized void count(Collection<TaskCount> census) {
    Instant now = clock.instant();
    Map<Place, Long> counts = new HashMap<>();
    for (TaskCount each : census) {
      counts.merge(new Place(each.pool(), each.queue(), each.state()), each.tasks(), Long::sum);
    }
    Seen before = last;
    boolean known =
        before != null && before.at().isBefore(now) && now.isBefore(before.at().plus(GAP));
    if (before == null || !known) {
      told = null;
      last = new Seen(now, counts, new Ended(0, 0));
      return;
    }
    Seen seen =
        new Seen(
            now,
            counts,
            new Ended(
                before.ended().done() + more(before.counts(), counts, TaskState.DONE),
                before.ended().failed() + more(before.counts(), counts, TaskState.FAILED)));
    for (Instant end = endAfter(before.at()); !end.isAfter(now); end = end.plus(STEP)) {
      tell(end, before, seen);
    }
    last = seen;
    forget(now);
  }

  /** Those of the last hour, oldest first. */
  public synchronized List<Point> points() {
    forget(clock.instant());
    return List.copyOf(points);
  }

  private void tell(Instant end, Seen before, Seen seen) {
    double part = seconds(before.at(), end) / seconds(before.at(), seen.at());
    Ended ended =
        new Ended(
            between(before.ended().done(), seen.ended().done(), part),
            between(before.ended().failed(), seen.ended().failed(), part));
    if (told != null) {
      long running =
          seen.counts().entrySet().stream()
              .filter(each -> each.getKey().state() == TaskState.RUNNING)
              .mapToLong(Map.Entry::getValue)
              .sum();
      points.addLast(
          new Point(end, ended.done() - told.done(), ended.failed() - told.failed(), running));
    }
    told = ended;
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(KEPT);
    points.removeIf(point -> !point.at().isAfter(oldest));
  }

  private static long more(Map<Place, Long> before, Map<Place, Long> now, TaskState state) {
    return now.entrySet().stream()
        .filter(each -> each.getKey().state() == state)
        .mapToLong(each -> Math.max(0, each.getValue() - before.getOrDefault(each.getKey(), 0L)))
        .sum();
  }

  private static long between(long from, long to, double part) {
    return from + (long) Math.floor((to - from) * part);
  }

  private static Instant endAfter(Instant time) {
    long step = STEP.toSeconds();
    return Instant.ofEpochSecond((time.getEpochSecond() / step + 1) * step);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
