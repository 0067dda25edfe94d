package io.windrow.coordinator.generate;

import java.util.List;

/** Makes a task predict so many trading days ahead (Qlib's {@code set_horizon}). Pure. */
@FunctionalInterface
public interface HorizonLabel {

  /**
   * Sets the handler's {@code label}, as Qlib's {@code Rolling} does, to the return from the close
   * of the next day to the close {@code horizon} days later.
   */
  HorizonLabel CLOSE_RETURN =
      (task, horizon) -> task.withHandlerArgument("label", List.of(closeReturn(horizon)));

  /**
   * The changed task.
   *
   * @param horizon in trading days, at least 1
   * @throws IllegalArgumentException if the task has no label that could be set
   */
  TaskDefinition withHorizon(TaskDefinition task, int horizon);

  private static String closeReturn(int horizon) {
    return "Ref($close, -" + (horizon + 1) + ") / Ref($close, -1) - 1";
  }
}
