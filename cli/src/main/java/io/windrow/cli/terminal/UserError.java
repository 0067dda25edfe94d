package io.windrow.cli.terminal;

import java.util.List;

/** An error a person can act on. It is shown as its lines, never with a stack trace. */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final List<String> lines;
  private final boolean usage;

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
    this(lines, false);
  }

  private UserError(List<String> lines, boolean usage) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
    this.usage = usage;
  }

  /** An option or argument that is wrong in itself, as a service found. */
  public static UserError usage(String line) {
    return new UserError(List.of(line), true);
  }

  /** The same as a failure: what was wrong was no option. */
  public UserError asFailure() {
    return new UserError(lines, false);
  }

  /** One line for each problem. */
  public List<String> lines() {
    return lines;
  }

  /** Whether the command was used wrongly, which has an exit code of its own. */
  public boolean isUsage() {
    return usage;
  }
}
