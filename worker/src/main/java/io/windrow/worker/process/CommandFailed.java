package io.windrow.worker.process;

/** A command failed in a way that another attempt, or another worker, may not. */
final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailed(String message) {
    super(message);
  }
}
