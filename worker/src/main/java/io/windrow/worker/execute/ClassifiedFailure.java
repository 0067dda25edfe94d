package io.windrow.worker.execute;

import io.windrow.task.Outcome;

/** A failure of which it is known already what it means: it happened in another process. */
public final class ClassifiedFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Outcome.Failed outcome;

  public ClassifiedFailure(Outcome.Failed outcome) {
    super(outcome.errorClass() + ": " + outcome.message());
    this.outcome = outcome;
  }

  /** What it means for the task. */
  public Outcome.Failed outcome() {
    return outcome;
  }
}
