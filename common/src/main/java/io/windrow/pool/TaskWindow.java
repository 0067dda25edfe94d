package io.windrow.pool;

import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as a window among others: how it stands and what it is about, without its definition and
 * its history.
 *
 * @param stage name of the stage it is in, null if it declares none
 * @param model class name of its model, or null
 * @param params the single values among its model's arguments, by name
 * @param handler class name of its data handler, or null
 * @param label the handler's {@code label}, or null
 * @param train first and last day of the segment, null for an open end; null without the segment
 * @param valid the same
 * @param test the same
 * @param metrics last values of its result, null without one
 * @param run its last attempt, null before the first
 */
public record TaskWindow(
    String id,
    long seq,
    TaskState state,
    int attempt,
    boolean paused,
    boolean blocked,
    @Nullable String stage,
    String experiment,
    String queue,
    @Nullable String model,
    Map<String, String> params,
    @Nullable String handler,
    @Nullable Object label,
    @Nullable List<@Nullable String> train,
    @Nullable List<@Nullable String> valid,
    @Nullable List<@Nullable String> test,
    @Nullable Map<String, Double> metrics,
    @Nullable Run run) {

  public TaskWindow {
    params = Map.copyOf(params);
  }

  /**
   * An attempt.
   *
   * @param worker who runs or ran it
   * @param startedAt when it was claimed
   * @param endedAt when its outcome was recorded, null while it runs
   */
  public record Run(String worker, Instant startedAt, @Nullable Instant endedAt) {}

  /**
   * A part of the windows of a pool.
   *
   * @param windows in order
   * @param next where the next page begins, to be handed back as it is; null if this is the last
   */
  public record Page(List<TaskWindow> windows, @Nullable String next) {
    public Page {
      windows = List.copyOf(windows);
    }
  }
}
