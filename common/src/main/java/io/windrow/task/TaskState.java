package io.windrow.task;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Where a task stands. Qlib's four states and the three it lacks.
 *
 * <p>Qlib's word {@code waiting} covers {@link #WAITING} and {@link #QUEUED}: both mean that nobody
 * runs the task yet.
 */
public enum TaskState {
  /** In the pool, not announced. */
  WAITING,
  /** Announced on the queue's topic, not claimed. */
  QUEUED,
  /** Claimed by one worker under a lease. */
  RUNNING,
  /** A stage is finished, more stages follow. */
  PART_DONE,
  /** Finished with a result. */
  DONE,
  /** Finished without one: a fatal error, or all attempts used up. */
  FAILED,
  /** Withdrawn by a person, or because a task it depends on failed. */
  CANCELLED;

  /** The states this one may change to. */
  public Set<TaskState> next() {
    return switch (this) {
      case WAITING -> EnumSet.of(QUEUED, RUNNING, CANCELLED);
      case QUEUED -> EnumSet.of(WAITING, RUNNING, CANCELLED);
      case RUNNING -> EnumSet.of(WAITING, PART_DONE, DONE, FAILED, CANCELLED);
      case PART_DONE -> EnumSet.of(WAITING, RUNNING, DONE, CANCELLED);
      case DONE -> EnumSet.noneOf(TaskState.class);
      case FAILED, CANCELLED -> EnumSet.of(WAITING);
    };
  }

  /** Whether nothing further happens to a task in this state by itself. */
  public boolean terminal() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }

  /** The name as stored and shown: lower case, as Qlib writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state of a stored word.
   *
   * @throws IllegalArgumentException if no state has that name
   */
  public static TaskState ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
