package io.windrow.coordinator.api;

import io.windrow.pool.Submission;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/**
 * A submission as the API shows it.
 *
 * @param submission its id
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param queue name of the queue
 * @param state {@code inserting} or {@code inserted}
 * @param calendarEnd last day of the calendar it was generated on
 * @param createdAt when it was accepted
 * @param tasks how many tasks it expects
 * @param counts how many of them are in each state; those not inserted yet are in none
 */
record SubmissionView(
    String submission,
    String pool,
    String experiment,
    String queue,
    String state,
    LocalDate calendarEnd,
    Instant createdAt,
    int tasks,
    Map<String, Long> counts) {

  static SubmissionView of(Submission.Summary submission, Map<TaskState, Long> counts) {
    return new SubmissionView(
        submission.id(),
        submission.pool(),
        submission.experiment(),
        submission.queue(),
        submission.state().name().toLowerCase(Locale.ROOT),
        submission.calendarEnd(),
        submission.createdAt(),
        submission.tasks(),
        PoolView.words(counts));
  }
}
