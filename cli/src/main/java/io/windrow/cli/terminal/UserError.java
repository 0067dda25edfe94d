package io.windrow.cli.terminal;

import java.util.List;

/** An error a person can act on. It is shown as its lines, never with a stack trace. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final List<String> lines;

  /**
   * One line.
   *
   * @param line what went wrong, where, and what to do
   */
  public UserError(String line) {
    this(List.of(line));
  }

  /**
   * Several lines, one for each problem.
   *
   * @param lines at least one
   */
  public UserError(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  /** One line for each problem. */
  public List<String> lines() {
    return lines;
  }
}
