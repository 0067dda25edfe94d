package io.windrow.cli.client;

import org.jspecify.annotations.Nullable;

/**
 * One mistake of a workflow.
 *
 * @param line from 1, or 0 if there is none
 * @param path for example {@code task.model.class}
 * @param message what is wrong
 * @param file the base file it is in; null for the workflow itself
 */
public record Mistake(
    int line, @Nullable String path, @Nullable String message, @Nullable String file) {

  /** For people. */
  public String asLine() {
    String what = path == null || path.isEmpty() ? "" : path + ": ";
    return where() + what + (message == null ? "not valid" : message);
  }

  /** File and line, with a colon and a blank after each. */
  String where() {
    return (file == null ? "" : file + ": ") + (line > 0 ? "line " + line + ": " : "");
  }
}
