package io.windrow.coordinator.api;

import io.windrow.coordinator.fleet.QueueStand;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue as the API shows it.
 *
 * @param queue its name
 * @param counts how many of its tasks are in each state; all states are named
 * @param demand tasks that would keep workers busy now: runnable, queued and running
 * @param oldestSeconds how long the first in line has been due
 * @param paused nothing of it may start
 * @param maxRunning so many run at once, or null
 * @param workers live ones that take from it
 * @param slots of those, shared with their other queues
 * @param busy of those, with tasks of any queue
 * @param unserved whether tasks wait here that no worker will take
 */
record QueueView(
    String queue,
    Map<String, Long> counts,
    long demand,
    double oldestSeconds,
    boolean paused,
    @Nullable Integer maxRunning,
    int workers,
    int slots,
    int busy,
    boolean unserved) {

  static QueueView of(QueueStand stand) {
    return new QueueView(
        stand.queue(),
        PoolView.words(stand.counts()),
        stand.demand(),
        stand.oldest().toMillis() / 1000.0,
        stand.limit().paused(),
        stand.limit().bound(),
        stand.workers(),
        stand.slots(),
        stand.busy(),
        stand.unserved());
  }
}
