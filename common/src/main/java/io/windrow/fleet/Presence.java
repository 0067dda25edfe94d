package io.windrow.fleet;

import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/**
 * What a worker tells about itself, every few seconds.
 *
 * @param id its name in leases and histories
 * @param host its machine, for people
 * @param pid its process there
 * @param version of its program
 * @param queues it takes tasks from, sorted
 * @param executors what may run there, sorted
 * @param slots how many tasks run at once
 * @param busy how many do
 * @param tasks ids of some of those, at most {@link #MOST_TASKS}
 * @param started when its process began, by the store's clock
 * @param stopping whether it ends as soon as what it runs has ended
 * @param idle whether it has left its queues and runs nothing
 */
public record Presence(
    String id,
    String host,
    long pid,
    String version,
    List<String> queues,
    List<String> executors,
    int slots,
    int busy,
    List<String> tasks,
    Instant started,
    boolean stopping,
    boolean idle) {

  /** Of a large worker not all tasks are named: its document stays small. */
  public static final int MOST_TASKS = 64;

  public Presence {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a worker has an id");
    }
    if (slots < 1 || busy < 0) {
      throw new IllegalArgumentException(
          "worker '%s' cannot have %d slots, %d busy".formatted(id, slots, busy));
    }
    queues = List.copyOf(new TreeSet<>(queues));
    executors = List.copyOf(new TreeSet<>(executors));
    tasks = List.copyOf(tasks.subList(0, Math.min(MOST_TASKS, tasks.size())));
  }
}
