package io.windrow.coordinator.api;

import io.windrow.task.Attempt;
import io.windrow.task.Dependency;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.web.conditional.ETags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as the API shows it.
 *
 * @param model class name of its model, or null
 * @param segments its segments as pairs of days
 * @param worker who runs it, or null
 * @param paused it waits until somebody resumes it
 * @param notBefore a waiting task's next attempt is not before; null while it is paused or blocked
 * @param dependsOn what it waits for
 * @param blocked it waits for what it depends on
 * @param result summary of a finished task, or null
 * @param stage name of the stage it is in, null if it declares none
 * @param stages the declared stages, in their order
 */
record TaskView(
    String id,
    String pool,
    String experiment,
    String queue,
    int priority,
    long seq,
    String state,
    long version,
    int attempt,
    int maxAttempts,
    @Nullable String model,
    Object segments,
    @Nullable String worker,
    List<Attempt> history,
    @Nullable Result result,
    Instant createdAt,
    Instant updatedAt,
    boolean paused,
    @Nullable Instant notBefore,
    List<Dependency> dependsOn,
    boolean blocked,
    @Nullable String stage,
    List<StageView> stages) {

  /**
   * What came out.
   *
   * @param recorder id of the recorder that owns the artifacts
   * @param metrics last values
   */
  record Result(String recorder, Map<String, Double> metrics) {}

  /**
   * A stage.
   *
   * @param result what it came to, null until it has ended well
   */
  record StageView(String name, String queue, @Nullable Result result) {}

  static TaskView of(Task task) {
    Object model = at(task.definition(), "model", "class");
    Object segments = at(task.definition(), "dataset", "kwargs", "segments");
    return new TaskView(
        task.id(),
        task.pool(),
        task.experiment(),
        task.queue(),
        task.priority(),
        task.seq(),
        task.state().word(),
        task.version(),
        task.attempt(),
        task.terms().maxAttempts(),
        model == null ? null : model.toString(),
        segments == null ? Map.of() : segments,
        task.lease() == null ? null : task.lease().worker(),
        task.history(),
        result(task.result()),
        task.createdAt(),
        task.updatedAt(),
        task.paused(),
        task.paused() || task.blocked() ? null : task.notBefore(),
        task.dependsOn(),
        task.blocked(),
        task.stage().isOnly() ? null : task.stage().name(),
        task.stage().isOnly() ? List.of() : stages(task));
  }

  /** Another one after every change. */
  String tag() {
    return ETags.of(this);
  }

  private static List<StageView> stages(Task task) {
    List<StageView> views = new ArrayList<>();
    for (Stage stage : task.asked().stages()) {
      TaskResult result =
          views.size() < task.earlier().size()
              ? task.earlier().get(views.size())
              : views.size() == task.asked().stages().size() - 1 ? task.result() : null;
      views.add(new StageView(stage.name(), stage.queue(), result(result)));
    }
    return views;
  }

  private static @Nullable Result result(@Nullable TaskResult result) {
    return result == null ? null : new Result(result.recorder(), result.metrics());
  }

  private static @Nullable Object at(Map<String, Object> definition, String... path) {
    Object value = definition;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }
}
