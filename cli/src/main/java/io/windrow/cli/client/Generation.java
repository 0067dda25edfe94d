package io.windrow.cli.client;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow would come to.
 *
 * @param submission the id it would have
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param queue name of the queue
 * @param tasks how many tasks it makes
 * @param calendarEnd last day of the calendar they are made on
 * @param key the places of a definition that tell one series of windows from another
 * @param listed the first tasks, in order
 */
public record Generation(
    String submission,
    String pool,
    String experiment,
    String queue,
    int tasks,
    LocalDate calendarEnd,
    List<String> key,
    List<Generated> listed) {

  /**
   * A task.
   *
   * @param id the id it would have in the pool
   * @param seq its place in the submission, from 0
   * @param key what its definition says in the places of the key
   * @param definition Qlib's task dict
   * @param stages what each stage that is declared runs, in their order
   */
  public record Generated(
      String id,
      long seq,
      List<@Nullable Object> key,
      Map<String, @Nullable Object> definition,
      List<Stage> stages) {

    /**
     * A stage of a task.
     *
     * @param queue name of the queue it is announced on
     * @param definition what it runs
     */
    public record Stage(String name, String queue, Map<String, @Nullable Object> definition) {}

    /** Its segments by name, each a pair of days; an open one is null. */
    public Map<?, ?> segments() {
      Object value = definition;
      for (String part : List.of("dataset", "kwargs", "segments")) {
        value = value instanceof Map<?, ?> map ? map.get(part) : null;
      }
      return value instanceof Map<?, ?> segments ? segments : Map.of();
    }
  }
}
