package io.windrow.coordinator.api;

import io.windrow.coordinator.fleet.Member;
import io.windrow.fleet.Presence;
import java.time.Instant;
import java.util.List;

/**
 * A worker as the API shows it.
 *
 * @param id its name in leases and histories
 * @param state how it stands: live, draining, drained, stale or gone
 * @param host its machine
 * @param pid its process there
 * @param version of its program
 * @param queues it takes tasks from
 * @param executors what may run there
 * @param slots how many tasks run at once
 * @param busy how many do
 * @param tasks ids of some of those, at most 64
 * @param drain whether it is asked to take nothing more
 * @param started when its process began
 * @param beat when it was heard of last, by the store's clock
 * @param silenceSeconds since then
 */
record WorkerView(
    String id,
    String state,
    String host,
    long pid,
    String version,
    List<String> queues,
    List<String> executors,
    int slots,
    int busy,
    List<String> tasks,
    boolean drain,
    Instant started,
    Instant beat,
    double silenceSeconds) {

  static WorkerView of(Member member) {
    Presence presence = member.worker().presence();
    return new WorkerView(
        presence.id(),
        member.state().word(),
        presence.host(),
        presence.pid(),
        presence.version(),
        presence.queues(),
        presence.executors(),
        presence.slots(),
        presence.busy(),
        presence.tasks(),
        member.worker().drain(),
        presence.started(),
        member.worker().beat(),
        member.silence().toMillis() / 1000.0);
  }
}
