package io.windrow.worker.execute;

import io.windrow.task.Isolation;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one attempt is to do.
 *
 * @param definition plain JSON; of a stage, the task's definition with the stage's change over it
 * @param attempt number of this attempt at its stage, from 1
 * @param stage name of the stage; empty if the task declares none
 * @param earlier the stages before it, in their order
 * @param isolation how far from this worker it is to run
 */
public record Work(
    Map<String, Object> definition,
    int attempt,
    String stage,
    List<Earlier> earlier,
    Isolation isolation) {

  /**
   * A stage that has ended.
   *
   * @param name of the stage
   * @param recorder id of the recorder that owns its artifacts
   * @param metrics last values
   */
  public record Earlier(String name, String recorder, Map<String, Double> metrics) {}

  public Work {
    earlier = List.copyOf(earlier);
  }

  /** Work of a task that declares no stages. */
  public static Work of(Map<String, Object> definition, int attempt) {
    return new Work(definition, attempt, "", List.of(), Isolation.NONE);
  }

  static Work of(Task task) {
    List<Earlier> earlier = new ArrayList<>();
    for (TaskResult result : task.earlier()) {
      String name = task.asked().stages().get(earlier.size()).name();
      earlier.add(new Earlier(name, result.recorder(), result.metrics()));
    }
    return new Work(
        task.work(), task.attempt(), task.stage().name(), earlier, task.terms().isolation());
  }
}
