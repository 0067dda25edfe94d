package io.windrow.coordinator.workflow;

import io.windrow.quant.data.DataRoots;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.reference.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the definition of a single task, which comes as JSON and without a workflow. */
public final class DefinitionCheck {
  /** Where a workflow's file has what a definition has at its root. */
  private static final String UNDER = "task.";

  private final DataCheck data;

  /**
   * @param roots where {@code provider_uri} may point
   */
  public DefinitionCheck(DataRoots roots) {
    this.data = new DataCheck(roots);
  }

  /**
   * What prevents a definition from being run; nothing if it can. Reads the calendar and the
   * instrument list of its data.
   *
   * @param definition as a JSON reader gives it
   */
  public List<Problem> check(Map<String, ?> definition) {
    List<Problem> problems = new ArrayList<>();
    if (isPlain(definition, 0, problems)) {
      problems.addAll(WorkflowParser.problems(definition));
      refuseWindows(definition, problems);
      data.open(definition, problems)
          .ifPresent(store -> DataCheck.checkNeeds(definition, store, problems));
    }
    return problems.stream().filter(Problem::prevents).map(DefinitionCheck::atRoot).toList();
  }

  /** A task by itself is no window of a series. */
  private static void refuseWindows(Map<String, ?> definition, List<Problem> problems) {
    TaskReferences.of(definition)
        .forEach(
            (place, reference) -> {
              if (reference.selector() instanceof Selector.PreviousWindow) {
                problems.add(
                    new Problem(
                        UNDER + place,
                        reference + " means nothing to a task by itself: write the task's id"));
              }
            });
    problems.addAll(StageCheck.references(definition, List.of()));
  }

  /** Bounded in depth, and every number one that the store can hold. */
  private static boolean isPlain(@Nullable Object value, int depth, List<Problem> problems) {
    if (depth > YamlReader.MAX_DEPTH) {
      problems.add(new Problem("", "is nested deeper than " + YamlReader.MAX_DEPTH + " levels"));
    } else if (value instanceof Number number && !Double.isFinite(number.doubleValue())) {
      problems.add(new Problem("", "has a number that is too large: " + Section.quote(value)));
    } else if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        if (((String) key).indexOf('\0') >= 0) {
          problems.add(new Problem("", "has a key with the character 0"));
        }
      }
      return problems.isEmpty() && arePlain(map.values(), depth, problems);
    } else if (value instanceof List<?> list) {
      return arePlain(list, depth, problems);
    }
    return problems.isEmpty();
  }

  private static boolean arePlain(Collection<?> values, int depth, List<Problem> problems) {
    return values.stream().allMatch(value -> isPlain(value, depth + 1, problems));
  }

  private static Problem atRoot(Problem problem) {
    return problem.path().startsWith(UNDER)
        ? new Problem(problem.path().substring(UNDER.length()), problem.message())
        : problem;
  }
}
