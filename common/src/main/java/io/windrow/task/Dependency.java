package io.windrow.task;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task waits for: another task's end.
 *
 * @param task id of the other task
 * @param on how it must have ended
 * @param when what its metrics must say, see {@link Condition}; null for nothing. Only a task that
 *     is done has metrics, so it goes with {@link On#SUCCESS} alone
 */
public record Dependency(String task, On on, @Nullable String when) {

  /** How the other task must have ended. */
  public enum On {
    /** It is done. */
    SUCCESS,
    /** It has failed or was cancelled. */
    FAILURE,
    /** Either. */
    ALWAYS;

    /** The word in a workflow. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the other task's end means for the one that waits. */
  public sealed interface Verdict {
    /** It has not ended yet. */
    record Wait() implements Verdict {}

    /** It has ended as it should. */
    record Met() implements Verdict {}

    /**
     * It has ended otherwise: the task that waits cannot run.
     *
     * @param reason for people
     */
    record Unmet(String reason) implements Verdict {}
  }

  public Dependency {
    if (when != null) {
      if (on != On.SUCCESS) {
        throw new IllegalArgumentException("'when' needs the metrics of a success");
      }
      Condition.parse(when);
    }
  }

  /**
   * Judges the other task.
   *
   * @param state where it stands
   * @param metrics of its result; empty without one
   */
  public Verdict judge(TaskState state, Map<String, Double> metrics) {
    if (!state.terminal()) {
      return new Verdict.Wait();
    }
    boolean success = state == TaskState.DONE;
    if (on != On.ALWAYS && success != (on == On.SUCCESS)) {
      return new Verdict.Unmet(
          "depends on the %s of task %s, which is %s".formatted(on.word(), task, state.word()));
    }
    if (when != null && !Condition.parse(when).test(metrics)) {
      return new Verdict.Unmet(
          "depends on '%s' of task %s, whose metrics are %s".formatted(when, task, metrics));
    }
    return new Verdict.Met();
  }
}
