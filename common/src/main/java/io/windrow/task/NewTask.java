package io.windrow.task;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is asked for.
 *
 * @param pool name of the pool
 * @param experiment name of the experiment its recorders belong to
 * @param submission id of the submission it belongs to
 * @param seq position in its submission: the tie-break among equal priorities
 * @param priority higher first; 0 is ordinary
 * @param definition Qlib's task dict as plain JSON (strings, numbers, booleans, lists, maps, null;
 *     dates as ISO strings), with {@code qlib_init} {provider_uri, region} beside model, dataset,
 *     record
 * @param calendarEnd last day of the calendar if a segment of the task is open-ended, else null;
 *     part of the identity
 * @param dependsOn what it waits for, all of it, before its first stage is announced
 * @param stages at least one, in the order they run; {@link Stage#only} if it declares none
 * @param trace the W3C traceparent of the request that asked for it, if traces were collected; no
 *     part of the identity
 */
public record NewTask(
    String pool,
    String experiment,
    String submission,
    long seq,
    int priority,
    Map<String, Object> definition,
    @Nullable LocalDate calendarEnd,
    List<Dependency> dependsOn,
    List<Stage> stages,
    @Nullable String trace) {

  /** One that no trace is known of. */
  public NewTask(
      String pool,
      String experiment,
      String submission,
      long seq,
      int priority,
      Map<String, Object> definition,
      @Nullable LocalDate calendarEnd,
      List<Dependency> dependsOn,
      List<Stage> stages) {
    this(
        pool,
        experiment,
        submission,
        seq,
        priority,
        definition,
        calendarEnd,
        dependsOn,
        stages,
        null);
  }

  public NewTask {
    if (pool.isBlank() || experiment.isBlank()) {
      throw new IllegalArgumentException("pool and experiment of a task must not be blank");
    }
    if (stages.isEmpty()
        || stages.stream().map(Stage::name).distinct().count() < stages.size()
        || (stages.size() > 1 && stages.stream().anyMatch(Stage::isOnly))) {
      throw new IllegalArgumentException(
          "a task has at least one stage, each with a name of its own");
    }
    definition = CanonicalJson.copy(definition);
    dependsOn = List.copyOf(dependsOn);
    stages = List.copyOf(stages);
  }

  /** The same, asked for by a request that is traced. */
  public NewTask tracedBy(String traceparent) {
    return new NewTask(
        pool,
        experiment,
        submission,
        seq,
        priority,
        definition,
        calendarEnd,
        dependsOn,
        stages,
        traceparent);
  }

  /** The id: see {@link TaskId}. */
  public String id() {
    return TaskId.of(pool, experiment, definition, calendarEnd, stages);
  }
}
