package io.windrow.coordinator.submit;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.pool.Submission;
import io.windrow.task.NewTask;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow would come to if it was submitted now.
 *
 * @param submission the id it would have
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param queue name of the queue
 * @param tasks how many tasks it makes
 * @param calendarEnd last day of the calendar they are made on
 * @param key the places of a definition that tell one series of windows from another
 * @param listed the first tasks, in order
 */
public record Generation(
    String submission,
    String pool,
    String experiment,
    String queue,
    int tasks,
    LocalDate calendarEnd,
    List<String> key,
    List<Generated> listed) {

  /**
   * A task.
   *
   * @param id the id it would have in the pool
   * @param seq its place in the submission, from 0
   * @param key what its definition says in the places of the key
   * @param definition Qlib's task dict
   * @param stages what each stage that is declared runs, in their order
   */
  public record Generated(
      String id,
      long seq,
      List<@Nullable Object> key,
      Map<String, Object> definition,
      List<GeneratedStage> stages) {}

  /**
   * A stage of a task.
   *
   * @param queue name of the queue it is announced on
   * @param definition what it runs
   */
  public record GeneratedStage(String name, String queue, Map<String, Object> definition) {}

  static Generation of(Plan plan, int limit) {
    Submission submission = plan.submission();
    Iterator<String> ids = submission.taskIds().iterator();
    try (Stream<NewTask> tasks = plan.tasks().get()) {
      return new Generation(
          submission.id(),
          submission.pool(),
          submission.experiment(),
          submission.queue(),
          submission.taskIds().size(),
          submission.calendarEnd(),
          plan.key(),
          tasks.limit(limit).map(task -> generated(ids.next(), task, plan.key())).toList());
    }
  }

  private static Generated generated(String id, NewTask task, List<String> key) {
    TaskDefinition definition = TaskDefinition.of(task.definition());
    List<@Nullable Object> values = new ArrayList<>();
    key.forEach(place -> values.add(definition.at(List.of(place.split("\\.", -1)))));
    List<GeneratedStage> stages =
        task.stages().stream()
            .filter(stage -> !stage.isOnly())
            .map(
                stage ->
                    new GeneratedStage(
                        stage.name(), stage.queue(), stage.definition(task.definition())))
            .toList();
    return new Generated(id, task.seq(), values, task.definition(), stages);
  }
}
