package io.windrow.coordinator.api;

import io.windrow.coordinator.generate.LabelHorizon;
import io.windrow.pool.TaskWindow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task as a window among others.
 *
 * @param id of the task
 * @param seq its number in the pool
 * @param state its state
 * @param attempt attempts charged so far
 * @param paused it waits until somebody resumes it
 * @param blocked it waits for what it depends on
 * @param stage name of the stage it is in, null if it declares none
 * @param experiment where its recorders are
 * @param queue where it is announced
 * @param model class name of its model, or null
 * @param params the single values among its model's arguments, by name
 * @param handler class name of its data handler, or null
 * @param horizon trading days that its label looks ahead; null if the definition names no label
 *     that is the return of one field
 * @param train first and last day, null for an open end; null without the segment
 * @param valid first and last day, null for an open end; null without the segment
 * @param test first and last day, null for an open end; null without the segment
 * @param metrics last values of its result, those that are finite and asked for; null without a
 *     result
 * @param worker of the last attempt, null before the first
 * @param startedAt of the last attempt, null before the first
 * @param endedAt of the last attempt, null while it runs and before the first
 */
record WindowView(
    String id,
    long seq,
    String state,
    int attempt,
    boolean paused,
    boolean blocked,
    @Nullable String stage,
    String experiment,
    String queue,
    @Nullable String model,
    Map<String, String> params,
    @Nullable String handler,
    @Nullable Integer horizon,
    @Nullable List<@Nullable String> train,
    @Nullable List<@Nullable String> valid,
    @Nullable List<@Nullable String> test,
    @Nullable Map<String, Double> metrics,
    @Nullable String worker,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /**
   * The view.
   *
   * @param metrics only these; empty for all
   */
  static WindowView of(TaskWindow window, Set<String> metrics) {
    TaskWindow.Run run = window.run();
    return new WindowView(
        window.id(),
        window.seq(),
        window.state().word(),
        window.attempt(),
        window.paused(),
        window.blocked(),
        window.stage(),
        window.experiment(),
        window.queue(),
        window.model(),
        window.params(),
        window.handler(),
        LabelHorizon.of(window.label()),
        window.train(),
        window.valid(),
        window.test(),
        finite(window.metrics(), metrics),
        run == null ? null : run.worker(),
        run == null ? null : run.startedAt(),
        run == null ? null : run.endedAt());
  }

  private static @Nullable Map<String, Double> finite(
      @Nullable Map<String, Double> metrics, Set<String> wanted) {
    if (metrics == null) {
      return null;
    }
    Map<String, Double> finite = new LinkedHashMap<>(metrics);
    finite.values().removeIf(value -> !Double.isFinite(value));
    if (!wanted.isEmpty()) {
      finite.keySet().retainAll(wanted);
    }
    return finite;
  }
}
