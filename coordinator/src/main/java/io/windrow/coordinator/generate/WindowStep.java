package io.windrow.coordinator.generate;

import java.time.LocalDate;
import java.util.Objects;

/**
 * What else changes in a task when {@link RollingGen} has given it the segments of a window (Qlib's
 * {@code ds_extra_mod_func}). Pure, like a generator.
 */
@FunctionalInterface
public interface WindowStep {

  /** Changes nothing. */
  WindowStep NONE = (task, rolling) -> task;

  /**
   * Lets the handler load as far as the test segment reaches (Qlib's {@code handler_mod}): an
   * {@code end_time} before the test's end becomes the test's end, and so does any if that end is
   * open. A handler without an {@code end_time}, or one that is not described in place, stays as it
   * is. {@code fit_start_time} and {@code fit_end_time} stay the template's.
   */
  WindowStep HANDLER_END = WindowStep::withHandlerEnd;

  /**
   * The changed task.
   *
   * @param task the task with the segments of its window
   * @param rolling the generator, which knows the calendar and the name of the test segment
   */
  TaskDefinition apply(TaskDefinition task, RollingGen rolling);

  private static TaskDefinition withHandlerEnd(TaskDefinition task, RollingGen rolling) {
    if (!task.hasHandlerKwargs()) {
      return task;
    }
    LocalDate testEnd = Objects.requireNonNull(task.segments().get(rolling.testKey())).end();
    if (testEnd == null) {
      return task.withHandlerEnd(null);
    }
    LocalDate handlerEnd = task.handlerEnd();
    return handlerEnd != null && rolling.adjuster().interval(handlerEnd, testEnd) < 0
        ? task.withHandlerEnd(testEnd)
        : task;
  }
}
