package io.windrow.coordinator.api;

import io.windrow.pool.Submission;
import java.time.LocalDate;
import java.util.List;

/**
 * What submitting a workflow would do. Nothing is stored.
 *
 * @param submission id it would have
 * @param tasks how many tasks it has
 * @param inserted how many of them would be new
 * @param newTasks the ids of these, in order
 */
record DryRun(
    String submission,
    String pool,
    String experiment,
    String queue,
    int tasks,
    int inserted,
    LocalDate calendarEnd,
    List<String> newTasks) {

  static DryRun of(Submission planned, List<String> missing) {
    return new DryRun(
        planned.id(),
        planned.pool(),
        planned.experiment(),
        planned.queue(),
        planned.taskIds().size(),
        missing.size(),
        planned.calendarEnd(),
        missing);
  }
}
