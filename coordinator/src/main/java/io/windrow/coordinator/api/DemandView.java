package io.windrow.coordinator.api;

import io.windrow.coordinator.fleet.QueueStand;

/**
 * What a queue's number of workers should follow.
 *
 * @param queue its name
 * @param demand tasks that would keep workers busy now: runnable, queued and running, within the
 *     limits of pools and queue. Divided by the slots of a worker it is how many workers there
 *     should be
 * @param workers live ones that take from it
 * @param slots of those, shared with their other queues
 * @param busy of those, with tasks of any queue
 */
record DemandView(String queue, long demand, int workers, int slots, int busy) {

  static DemandView of(QueueStand stand) {
    return new DemandView(
        stand.queue(), stand.demand(), stand.workers(), stand.slots(), stand.busy());
  }
}
