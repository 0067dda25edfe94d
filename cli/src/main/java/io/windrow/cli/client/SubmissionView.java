package io.windrow.cli.client;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A submission with its tasks per state.
 *
 * @param submission its id
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param queue name of the queue
 * @param state {@code inserting} or {@code inserted}
 * @param calendarEnd last day of the calendar its tasks were made on
 * @param createdAt when it was accepted
 * @param tasks how many tasks it has
 * @param counts tasks per state; a state without tasks may be absent
 */
public record SubmissionView(
    String submission,
    String pool,
    String experiment,
    String queue,
    String state,
    LocalDate calendarEnd,
    Instant createdAt,
    int tasks,
    Map<String, Long> counts) {

  /** The states in the order of a task's life. */
  public static final List<String> STATES =
      List.of("waiting", "queued", "running", "part_done", "done", "failed", "cancelled");

  /** Tasks in a state. */
  public long count(String taskState) {
    return counts.getOrDefault(taskState, 0L);
  }

  /** Tasks with their outcome. */
  public long finished() {
    return count("done") + count("failed") + count("cancelled");
  }

  /** Whether all tasks are inserted and have their outcome. */
  public boolean ended() {
    return state.equals("inserted") && finished() >= tasks;
  }

  /** Whether it ended with every task done. */
  public boolean succeeded() {
    return ended() && count("done") >= tasks;
  }
}
