package io.windrow.coordinator.submit;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.coordinator.workflow.DependencySettings;
import io.windrow.coordinator.workflow.Settings;
import io.windrow.coordinator.workflow.TaskReferences;
import io.windrow.quant.reference.Reference;
import io.windrow.quant.reference.Selector;
import io.windrow.task.Dependency;
import io.windrow.task.Dependency.On;
import io.windrow.task.Stage;
import io.windrow.task.TaskId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ties the tasks of a workflow to others, in the order they are generated: what a task refers to it
 * also waits for, and the previous window is named by its id. So a definition says exactly which
 * model it goes on from, and its own id holds whatever windows come after it.
 *
 * <p>The first window has no previous one: it begins without.
 */
final class Links {
  private final Settings settings;
  private final Predecessors predecessors = new Predecessors();

  /** References as the file has them, by their place in it. */
  private final Map<Reference, String> references = new LinkedHashMap<>();

  Links(Settings settings) {
    this.settings = settings;
  }

  /**
   * A task with its ties.
   *
   * @param id its id
   * @param definition without a reference to the previous window
   * @param stages the same
   * @param dependsOn what it waits for
   */
  record Linked(
      String id, TaskDefinition definition, List<Stage> stages, List<Dependency> dependsOn) {}

  /**
   * Ties the next task.
   *
   * @param task as generated
   * @param calendarEnd last day of the calendar if the task is open-ended
   */
  Linked next(TaskDefinition task, @Nullable LocalDate calendarEnd) {
    boolean chained = needsPrevious(task);
    String previous = chained ? predecessors.before(task) : null;
    List<Dependency> dependsOn = new ArrayList<>();
    for (DependencySettings each : settings.dependsOn()) {
      String other = each.task() == null ? previous : each.task();
      if (other != null) {
        dependsOn.add(new Dependency(other, each.on(), each.when()));
      }
    }
    Map<String, Object> json = resolved("task.", task.json(), previous, dependsOn);
    TaskDefinition definition = json.equals(task.json()) ? task : TaskDefinition.of(json);
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : settings.stages()) {
      String place = "windrow.stages." + stages.size() + ".task.";
      stages.add(
          new Stage(
              stage.name(),
              resolved(place, stage.change(), previous, dependsOn),
              stage.queue(),
              stage.terms()));
    }
    String id =
        TaskId.of(settings.pool(), settings.experiment(), definition.json(), calendarEnd, stages);
    if (chained) {
      predecessors.made(task, id);
    }
    return new Linked(id, definition, stages, dependsOn);
  }

  /** What the tasks so far refer to, as the file has it, with the place in the file. */
  Map<Reference, String> references() {
    return references;
  }

  private Map<String, Object> resolved(
      String place,
      Map<String, Object> definition,
      @Nullable String previous,
      List<Dependency> dependsOn) {
    Map<String, Object> resolved = definition;
    for (Map.Entry<String, Reference> entry : TaskReferences.of(definition).entrySet()) {
      Reference reference = entry.getValue();
      references.putIfAbsent(reference, place + entry.getKey());
      if (reference.selector() instanceof Selector.PreviousWindow) {
        reference = previous == null ? null : reference.of(new Selector.OfTask(previous));
        resolved = TaskReferences.with(resolved, entry.getKey(), reference);
      }
      if (reference != null && reference.selector() instanceof Selector.OfTask of) {
        Dependency dependency = new Dependency(of.id(), On.SUCCESS, null);
        if (!dependsOn.contains(dependency)) {
          dependsOn.add(dependency);
        }
      }
    }
    return resolved;
  }

  private boolean needsPrevious(TaskDefinition task) {
    return settings.dependsOn().stream().anyMatch(each -> each.task() == null)
        || refersToPrevious(task.json())
        || settings.stages().stream().anyMatch(stage -> refersToPrevious(stage.change()));
  }

  private static boolean refersToPrevious(Map<String, Object> definition) {
    return TaskReferences.of(definition).values().stream()
        .anyMatch(reference -> reference.selector() instanceof Selector.PreviousWindow);
  }
}
