package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.quant.definition.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds each value of a grid against the task it is put in. Values are checked one by one, not in
 * every combination: there may be a million.
 */
final class GridCheck {
  private static final String GRID = "windrow.grid.";

  private final @Nullable DataCheck dataCheck;

  /** A null check leaves the data alone. */
  GridCheck(@Nullable DataCheck dataCheck) {
    this.dataCheck = dataCheck;
  }

  /**
   * Adds what is wrong with a value, and is not wrong with the task itself, to {@code problems}.
   */
  void check(Map<String, @Nullable Object> definition, Settings settings, List<Problem> problems) {
    Map<List<String>, List<?>> grid = settings.generation().grid();
    if (grid.isEmpty()) {
      return;
    }
    TaskDefinition task = TaskDefinition.of(definition);
    List<Problem> known = problems(task, settings, true);
    grid.forEach(
        (place, values) -> {
          String path = GRID + String.join(".", place);
          for (int i = 0; i < values.size(); i++) {
            TaskDefinition changed;
            try {
              changed = task.with(place, values.get(i));
            } catch (IllegalArgumentException e) {
              problems.add(new Problem(path, String.valueOf(e.getMessage())));
              return;
            }
            String valuePath = path + "." + i;
            firstNew(changed, place, settings, known)
                .ifPresent(
                    problem ->
                        problems.add(
                            new Problem(
                                valuePath,
                                problem.path() + " " + problem.message(),
                                problem.severity())));
          }
        });
  }

  private Optional<Problem> firstNew(
      TaskDefinition changed, List<String> place, Settings settings, List<Problem> known) {
    return problems(changed, settings, place.get(0).equals("dataset")).stream()
        .filter(problem -> !known.contains(problem))
        .findFirst();
  }

  private List<Problem> problems(TaskDefinition task, Settings settings, boolean data) {
    List<Problem> problems = new ArrayList<>(WorkflowParser.problems(task.json()));
    if (data && dataCheck != null) {
      dataCheck.check(task.json(), settings, problems);
    }
    return problems;
  }
}
