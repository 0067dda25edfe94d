package io.windrow.pool;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * One submitted workflow: it precedes its tasks, and no collection of it is complete before all of
 * them are inserted.
 *
 * @param id content hash of pool, experiment and task ids: the same workflow on the same calendar
 *     is the same submission
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param queue name of the queue
 * @param source the workflow's text
 * @param calendarEnd last day of the calendar it was generated on
 * @param taskIds the expected tasks, in order of generation
 * @param collect the workflow's {@code windrow.collect} section as plain JSON, maybe empty
 * @param state whether all tasks are inserted
 * @param createdAt when it was accepted, for the last time if it was submitted again
 */
public record Submission(
    String id,
    String pool,
    String experiment,
    String queue,
    String source,
    LocalDate calendarEnd,
    List<String> taskIds,
    Map<String, Object> collect,
    State state,
    Instant createdAt) {

  /**
   * What a list of submissions tells of one.
   *
   * @param id see {@link Submission}, and so the others
   * @param tasks how many tasks it expects
   */
  public record Summary(
      String id,
      String pool,
      String experiment,
      String queue,
      LocalDate calendarEnd,
      int tasks,
      State state,
      Instant createdAt) {}

  /** Without what may be large. */
  public Summary summary() {
    return new Summary(id, pool, experiment, queue, calendarEnd, taskIds.size(), state, createdAt);
  }

  public Submission {
    taskIds = List.copyOf(taskIds);
  }

  /** Progress of a submission. */
  public enum State {
    INSERTING,
    INSERTED
  }
}
