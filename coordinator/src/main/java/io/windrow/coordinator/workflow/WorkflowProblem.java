package io.windrow.coordinator.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a workflow file.
 *
 * @param line line of the file, from 1
 * @param path keys and list positions joined by dots, for example {@code task.model.class}; empty
 *     for the file itself
 * @param message what is wrong and what would be right
 * @param file the base file it is in; null for the workflow's own file
 */
public record WorkflowProblem(
    int line,
    String path,
    String message,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String file) {

  /** A problem of the workflow's own file. */
  public WorkflowProblem(int line, String path, String message) {
    this(line, path, message, null);
  }

  /** The same in a base file. */
  WorkflowProblem in(String baseFile) {
    return new WorkflowProblem(line, path, message, baseFile);
  }

  @Override
  public String toString() {
    return (file == null ? "" : file + ": ")
        + "line "
        + line
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + message;
  }
}
