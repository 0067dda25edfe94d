package io.windrow.store;

import io.windrow.task.BackOff;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.Date;
import java.util.function.DoubleSupplier;
import org.bson.Document;

/** Decides what a failed attempt leads to: another one after a wait, or the task's failure. */
final class Failures {
  private final BackOff ordinary;
  private final DoubleSupplier chance;

  /**
   * @param ordinary for tasks whose terms say nothing
   * @param chance uniform in [0, 1)
   */
  Failures(BackOff ordinary, DoubleSupplier chance) {
    this.ordinary = ordinary;
    this.chance = chance;
  }

  /**
   * How the attempt ends.
   *
   * @param more further fields to set are added here
   */
  Ending ending(Task task, Outcome.Failed failed, Instant now, Document more) {
    boolean again =
        failed.kind() == FailureKind.RETRYABLE && task.attempt() < task.terms().maxAttempts();
    if (again) {
      BackOff own = task.terms().backOff();
      BackOff backOff = own == null ? ordinary : own;
      more.append(
          TaskDocument.NOT_BEFORE,
          Date.from(now.plus(backOff.after(task.attempt(), chance.getAsDouble()))));
    }
    return new Ending(
        again ? task.resting() : TaskState.FAILED,
        again ? "retry" : "failed",
        failed.errorClass(),
        failed.message(),
        failed.logTail());
  }
}
