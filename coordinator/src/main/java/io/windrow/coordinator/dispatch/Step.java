package io.windrow.coordinator.dispatch;

/** One round of something that is done over and over. Bounded in time; errors are retried. */
@FunctionalInterface
public interface Step {

  /**
   * Does what there is to do now.
   *
   * @return whether there may be more at once
   */
  boolean runOnce();
}
