package io.windrow.worker.process;

/** A command said that no attempt at this task can succeed. */
final class CommandRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  CommandRefused(String message) {
    super(message);
  }
}
