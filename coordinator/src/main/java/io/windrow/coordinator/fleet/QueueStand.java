package io.windrow.coordinator.fleet;

import io.windrow.pool.PoolLimits.Limit;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.Map;

/**
 * How a queue stands.
 *
 * @param queue its name
 * @param counts of its tasks by state
 * @param demand tasks that would keep workers busy now
 * @param oldest how long the first in line has been due
 * @param limit what may run of it
 * @param workers live ones that take from it
 * @param slots of those, shared with their other queues
 * @param busy of those, with tasks of any queue
 */
public record QueueStand(
    String queue,
    Map<TaskState, Long> counts,
    long demand,
    Duration oldest,
    Limit limit,
    int workers,
    int slots,
    int busy) {

  /** One that nobody has used yet. */
  static QueueStand idle(String queue) {
    return new QueueStand(queue, Map.of(), 0, Duration.ZERO, Limit.none(queue), 0, 0, 0);
  }

  /** Whether tasks wait here that no worker will take. */
  public boolean unserved() {
    return demand > 0 && workers == 0;
  }
}
