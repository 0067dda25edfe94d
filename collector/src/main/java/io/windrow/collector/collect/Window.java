package io.windrow.collector.collect;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One expected window of a submission and how it stands. */
public sealed interface Window {

  /** What its definition says; null if the pool does not know the task. */
  @Nullable WindowPlan plan();

  /**
   * Done and taken in.
   *
   * @param recorder id of the recorder that owns its artifacts
   * @param metrics last values
   * @param worker who ran it, or null if the history does not say
   * @param startedAt when it was claimed, or null
   * @param endedAt when it was done, or null
   */
  record Done(
      WindowPlan plan,
      String recorder,
      Map<String, Double> metrics,
      @Nullable String worker,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt)
      implements Window {}

  /**
   * Not there yet, or not any more.
   *
   * @param task id of the task
   * @param state the task's state; {@code absent} if the pool has no such task; {@code done} if the
   *     collector has still to take it in
   */
  record Missing(String task, String state, @Nullable WindowPlan plan) implements Window {}

  /**
   * Failed for good, or done without readable predictions.
   *
   * @param message what went wrong
   */
  record Failed(WindowPlan plan, String message) implements Window {}
}
