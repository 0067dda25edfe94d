package io.windrow.coordinator.events;

import io.windrow.coordinator.fleet.Member;
import io.windrow.pool.TaskChange;
import io.windrow.task.TaskState;
import java.util.List;
import java.util.Map;

/** What one look at the store brought. */
public sealed interface Happening {

  /**
   * Tasks that changed.
   *
   * @param cursor whoever knows all up to here need not be told again
   * @param changes by version
   */
  record Tasks(long cursor, List<TaskChange> changes) implements Happening {}

  /**
   * Pools whose counts changed; right after the start, all.
   *
   * @param counts by pool and state
   */
  record Pools(Map<String, Map<TaskState, Long>> counts) implements Happening {}

  /**
   * Workers that changed, but for their beats; right after the start, all.
   *
   * @param members how they stand
   */
  record WorkersSeen(List<Member> members) implements Happening {}

  /**
   * More changed than is told one by one: who shows tasks should read them anew.
   *
   * @param cursor to go on from
   */
  record TooMany(long cursor) implements Happening {}
}
