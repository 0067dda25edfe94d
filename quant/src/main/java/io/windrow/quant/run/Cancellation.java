package io.windrow.quant.run;

/** Asks a run to stop; long loops ask it between rounds. */
@FunctionalInterface
public interface Cancellation {

  /** Never cancelled. */
  Cancellation NONE = () -> false;

  boolean requested();

  /**
   * Whether there is no time left to end in good order: somebody else may do this run's work soon,
   * and nothing that it still makes will count.
   */
  default boolean urgent() {
    return false;
  }

  /**
   * Returns if the run may go on.
   *
   * @throws java.util.concurrent.CancellationException if it was asked to stop
   */
  default void check() {
    if (requested()) {
      throw new java.util.concurrent.CancellationException("the run was cancelled");
    }
  }
}
