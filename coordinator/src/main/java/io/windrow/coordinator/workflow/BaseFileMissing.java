package io.windrow.coordinator.workflow;

/** A workflow builds on a base file that was not sent along. */
public final class BaseFileMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final transient WorkflowProblem problem;

  /**
   * @param file the base file's path relative to the workflow's file
   * @param problem where it is named
   */
  BaseFileMissing(String file, WorkflowProblem problem) {
    super(problem.toString());
    this.file = file;
    this.problem = problem;
  }

  /** Path relative to the workflow's file. */
  public String file() {
    return file;
  }

  public WorkflowProblem problem() {
    return problem;
  }
}
