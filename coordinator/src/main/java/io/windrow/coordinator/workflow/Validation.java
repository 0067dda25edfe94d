package io.windrow.coordinator.workflow;

import java.util.List;

/**
 * What there is to say about a workflow.
 *
 * @param valid whether it is a workflow in Qlib's sense: known classes, right arguments, data there
 * @param runnable whether it would be accepted; a valid one may ask for what cannot be run yet
 * @param problems what keeps it from being accepted
 * @param warnings what its tasks would be without
 */
public record Validation(
    boolean valid,
    boolean runnable,
    List<WorkflowProblem> problems,
    List<WorkflowProblem> warnings) {

  public Validation {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }
}
