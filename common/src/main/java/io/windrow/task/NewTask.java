package io.windrow.task;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as a generator makes it, before the pool knows it.
 *
 * @param pool name of the pool
 * @param experiment name of the experiment its recorder belongs to
 * @param queue name of the queue it is announced on
 * @param priority higher first; 0 is ordinary
 * @param seq position in its submission: the tie-break among equal priorities
 * @param definition Qlib's task dict as plain JSON (strings, numbers, booleans, lists, maps, null;
 *     dates as ISO strings), with {@code qlib_init} {provider_uri, region} beside model, dataset,
 *     record
 * @param calendarEnd last day of the calendar if a segment of the task is open-ended, else null;
 *     part of the identity
 * @param maxAttempts how often it may be tried
 * @param submission id of the submission it belongs to
 * @param terms how it is tried again and how long it may take
 */
public record NewTask(
    String pool,
    String experiment,
    String queue,
    int priority,
    long seq,
    Map<String, Object> definition,
    @Nullable LocalDate calendarEnd,
    int maxAttempts,
    String submission,
    Terms terms) {

  /** A task on ordinary terms. */
  public NewTask(
      String pool,
      String experiment,
      String queue,
      int priority,
      long seq,
      Map<String, Object> definition,
      @Nullable LocalDate calendarEnd,
      int maxAttempts,
      String submission) {
    this(
        pool,
        experiment,
        queue,
        priority,
        seq,
        definition,
        calendarEnd,
        maxAttempts,
        submission,
        Terms.DEFAULT);
  }

  public NewTask {
    if (pool.isBlank() || experiment.isBlank() || queue.isBlank()) {
      throw new IllegalArgumentException("pool, experiment and queue of a task must not be blank");
    }
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, is " + maxAttempts);
    }
    definition = CanonicalJson.copy(definition);
  }

  /** The id: see {@link TaskId}. */
  public String id() {
    return TaskId.of(pool, experiment, definition, calendarEnd);
  }
}
