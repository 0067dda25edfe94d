package io.windrow.coordinator.events;

import io.windrow.pool.TaskChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which changes of tasks were told already. A change becomes visible a moment after its version was
 * given, so each look goes back a little, and what was seen there is left out.
 */
final class ChangeCursor {
  /** In microseconds, as versions are: longer than a write takes to be applied. */
  static final long OVERLAP = 2_000_000;

  private final Map<String, Long> told = new HashMap<>();
  private long greatest;

  /**
   * @param from changes up to here are known
   */
  ChangeCursor(long from) {
    this.greatest = from;
  }

  /** Where the next look begins. */
  long from() {
    return Math.max(0, greatest - OVERLAP);
  }

  /** Up to where everything is known. */
  long greatest() {
    return greatest;
  }

  /**
   * What is new among these; it is known from now on.
   *
   * @param askedAt the store's time when they were asked for, in microseconds: what is older by
   *     more than the overlap is among them
   */
  List<TaskChange> fresh(List<TaskChange> seen, long askedAt) {
    List<TaskChange> fresh = new ArrayList<>();
    for (TaskChange change : seen) {
      Long known = told.put(change.id(), change.version());
      if (known == null || known < change.version()) {
        fresh.add(change);
      }
      greatest = Math.max(greatest, change.version());
    }
    greatest = Math.max(greatest, askedAt);
    told.values().removeIf(version -> version <= from());
    return fresh;
  }
}
