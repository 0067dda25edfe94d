package io.windrow.coordinator.generate;

import java.util.List;
import java.util.stream.Stream;

/** Makes tasks of one task. Pure: the same task gives the same tasks. */
@FunctionalInterface
public interface TaskGen {

  /** The tasks made of {@code task}, in order, made as they are asked for. */
  Stream<TaskDefinition> generate(TaskDefinition task);

  /**
   * Applies generators one after another to all templates (Qlib's {@code task_generator}): every
   * combination, the first template's tasks first.
   */
  static Stream<TaskDefinition> tasks(List<TaskDefinition> templates, List<TaskGen> generators) {
    Stream<TaskDefinition> tasks = templates.stream();
    for (TaskGen generator : generators) {
      tasks = tasks.flatMap(generator::generate);
    }
    return tasks;
  }
}
