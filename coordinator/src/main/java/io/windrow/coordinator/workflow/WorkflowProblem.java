package io.windrow.coordinator.workflow;

/**
 * Something wrong in a workflow file.
 *
 * @param line line of the file, from 1
 * @param path keys and list positions joined by dots, for example {@code task.model.class}; empty
 *     for the file itself
 * @param message what is wrong and what would be right
 */
public record WorkflowProblem(int line, String path, String message) {

  @Override
  public String toString() {
    return "line " + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
