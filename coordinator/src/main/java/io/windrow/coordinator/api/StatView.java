package io.windrow.coordinator.api;

import io.windrow.task.TaskState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many tasks are in each state.
 *
 * @param tasks all of them
 * @param unfinished those that have no outcome yet: what waiting waits for
 * @param counts by state; all states are named
 * @param qlib by Qlib's four words: its waiting are our waiting and queued, its done our done
 */
record StatView(long tasks, long unfinished, Map<String, Long> counts, Map<String, Long> qlib) {

  static StatView of(Map<TaskState, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    long ended =
        counts.entrySet().stream()
            .filter(entry -> entry.getKey().terminal())
            .mapToLong(Map.Entry::getValue)
            .sum();
    Map<String, Long> qlib = new LinkedHashMap<>();
    qlib.put("waiting", at(counts, TaskState.WAITING) + at(counts, TaskState.QUEUED));
    qlib.put("running", at(counts, TaskState.RUNNING));
    qlib.put("part_done", at(counts, TaskState.PART_DONE));
    qlib.put("done", at(counts, TaskState.DONE));
    return new StatView(all, all - ended, PoolView.words(counts), qlib);
  }

  private static long at(Map<TaskState, Long> counts, TaskState state) {
    return counts.getOrDefault(state, 0L);
  }
}
