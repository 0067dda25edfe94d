package io.windrow.coordinator.workflow;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A workflow that cannot be accepted, with everything that is wrong with it. */
public final class WorkflowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** More are of no use to a reader, and a hostile file could have very many. */
  private static final int MAX_PROBLEMS = 100;

  private final transient List<WorkflowProblem> problems;

  /**
   * @param problems at least one; kept in the order of their lines
   */
  public WorkflowException(List<WorkflowProblem> problems) {
    super(
        inOrder(problems).stream()
            .map(WorkflowProblem::toString)
            .collect(Collectors.joining("; ")));
    this.problems = inOrder(problems);
  }

  WorkflowException(int line, String path, String message) {
    this(List.of(new WorkflowProblem(line, path, message)));
  }

  public List<WorkflowProblem> problems() {
    return problems;
  }

  /** Without repeats, by line, the workflow's own file last. */
  static List<WorkflowProblem> inOrder(List<WorkflowProblem> problems) {
    return problems.stream()
        .distinct()
        .sorted(
            Comparator.comparing(
                    WorkflowProblem::file, Comparator.nullsLast(Comparator.<String>naturalOrder()))
                .thenComparingInt(WorkflowProblem::line))
        .limit(MAX_PROBLEMS)
        .toList();
  }
}
