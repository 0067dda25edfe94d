package io.windrow.quant.definition;

/**
 * Something wrong in a definition.
 *
 * @param path where: keys and list positions joined by dots, for example {@code
 *     dataset.kwargs.segments.train.0}; empty for the definition itself
 * @param message what is wrong and what would be right
 * @param severity what it means for a run
 */
public record Problem(String path, String message, Severity severity) {

  /** What a problem means for a run. */
  public enum Severity {
    /** The definition is wrong. */
    ERROR,
    /** The definition is right, but asks for what cannot be run here. */
    UNAVAILABLE,
    /** It runs, but without a part of it. */
    WARNING,
    /** It runs as it says, which is hardly what was meant. */
    DOUBT
  }

  /** An error. */
  public Problem(String path, String message) {
    this(path, message, Severity.ERROR);
  }

  /** Whether the definition cannot run. */
  public boolean prevents() {
    return severity == Severity.ERROR || severity == Severity.UNAVAILABLE;
  }

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
