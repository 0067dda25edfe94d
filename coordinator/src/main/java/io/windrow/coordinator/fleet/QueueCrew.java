package io.windrow.coordinator.fleet;

import io.windrow.fleet.Presence;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Who takes tasks of a queue.
 *
 * @param workers live ones that take from it
 * @param slots of those, shared with their other queues
 * @param busy of those, with tasks of any queue
 */
public record QueueCrew(int workers, int slots, int busy) {

  /** Of several queues that are told together; a worker of two of them counts once. */
  public static QueueCrew of(Set<String> queues, Collection<Member> members) {
    List<Presence> serving =
        members.stream()
            .filter(Member::live)
            .map(member -> member.worker().presence())
            .filter(presence -> !Collections.disjoint(presence.queues(), queues))
            .toList();
    return new QueueCrew(
        serving.size(),
        serving.stream().mapToInt(Presence::slots).sum(),
        serving.stream().mapToInt(Presence::busy).sum());
  }

  /** Slots that could take a task now. */
  public int free() {
    return Math.max(0, slots - busy);
  }
}
