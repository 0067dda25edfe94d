package io.windrow.coordinator.generate;

import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Makes tasks of one task: of a template, or of what another generator made of it. Anybody may
 * write one.
 *
 * <p>A generator is pure: the same task gives equal tasks in the same order, on every machine,
 * since a submission whose coordinator died is generated again. It is lazy: a task is made when it
 * is asked for. And it shares: a task is a changed copy of the given one.
 */
@FunctionalInterface
public interface TaskGen {

  /**
   * The tasks made of {@code task}, in order, made as they are asked for. The stream holds nothing
   * that must be closed.
   *
   * @throws IllegalArgumentException if the task lacks what the generator needs
   * @throws CalendarException if the calendar cannot give its first window
   */
  Stream<TaskDefinition> generate(TaskDefinition task);

  /**
   * Applies generators one after another to all templates (Qlib's {@code task_generator}): every
   * combination, all tasks of the first template first, and of those all that come of the first
   * generator's first task. Without generators these are the templates.
   *
   * <p>At any time only one task of each generator is in memory, however the stream is read.
   */
  static Stream<TaskDefinition> tasks(
      Iterable<TaskDefinition> templates, List<? extends TaskGen> generators) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Combinations(templates.iterator(), generators),
            Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
        false);
  }
}
