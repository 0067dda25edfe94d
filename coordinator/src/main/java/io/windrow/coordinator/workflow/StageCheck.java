package io.windrow.coordinator.workflow;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.reference.Selector;
import io.windrow.task.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks what each stage of a task runs. A problem stands where it was made: in the stage that
 * changes that place, or else in the task.
 */
final class StageCheck {
  private static final String TASK = "task";

  private StageCheck() {}

  /**
   * Adds what is wrong to {@code problems}, under the file's paths.
   *
   * @param definition the task as a whole, which nobody runs
   * @param stages declared ones
   * @param check adds the problems of a definition under the paths of a task
   */
  static void check(
      Map<String, @Nullable Object> definition,
      List<Stage> stages,
      BiConsumer<Map<String, Object>, List<Problem>> check,
      List<Problem> problems) {
    List<Problem> ofTask = new ArrayList<>();
    check.accept(definition, ofTask);
    Set<Problem> found = new LinkedHashSet<>();
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      List<Problem> ofStage = new ArrayList<>();
      Map<String, Object> work = stage.definition(definition);
      check.accept(work, ofStage);
      ofStage.addAll(references(work, stages.subList(0, i)));
      String path = "windrow." + StageSection.KEY + "." + i;
      ofStage.forEach(each -> found.add(ofTask.contains(each) ? each : locate(each, stage, path)));
    }
    problems.addAll(found);
    if (stages.stream().noneMatch(stage -> mayPredict(stage.definition(definition)))) {
      problems.add(
          new Problem(
              "windrow." + StageSection.KEY,
              "leave no predictions to collect: one of them needs a SignalRecord"));
    }
  }

  private static boolean mayPredict(Map<String, Object> work) {
    return ProcessTask.isOne(work)
        || !(work.get("record") instanceof List<?> list && list.isEmpty());
  }

  /** What is wrong with references to stages. */
  static List<Problem> references(Map<String, ?> work, List<Stage> earlier) {
    List<Problem> problems = new ArrayList<>();
    List<String> names = earlier.stream().map(Stage::name).toList();
    TaskReferences.of(work)
        .forEach(
            (place, reference) -> {
              String path = TASK + "." + place;
              if (reference.selector() instanceof Selector.PreviousStage && names.isEmpty()) {
                problems.add(new Problem(path, "refers to the stage before, but there is none"));
              }
              if (reference.selector() instanceof Selector.OfStage of
                  && !names.contains(of.name())) {
                problems.add(
                    new Problem(
                        path,
                        "refers to the stage %s; earlier stages are %s"
                            .formatted(Section.quote(of.name()), names)));
              }
            });
    return problems;
  }

  private static Problem locate(Problem problem, Stage stage, String path) {
    List<String> keys = List.of(problem.path().split("\\.", -1));
    if (keys.get(0).equals(TASK) && changes(stage.change(), keys.subList(1, keys.size()))) {
      boolean shorthand = keys.size() > 1 && keys.get(1).equals(ProcessTask.KEY);
      String below = shorthand ? problem.path().substring(TASK.length() + 1) : problem.path();
      return new Problem(path + "." + below, problem.message(), problem.severity());
    }
    return new Problem(path, problem.path() + " " + problem.message(), problem.severity());
  }

  /** Whether a change sets or removes a place, or something it is a part of. */
  private static boolean changes(Map<?, ?> change, List<String> place) {
    Object value = change;
    for (String key : place) {
      if (!(value instanceof Map<?, ?> map)) {
        return true;
      }
      if (!map.containsKey(key)) {
        return false;
      }
      value = map.get(key);
    }
    return !place.isEmpty();
  }
}
