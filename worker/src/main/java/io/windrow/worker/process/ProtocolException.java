package io.windrow.worker.process;

/**
 * A command broke the protocol or its limits. It would again, so the task fails for good. The
 * message says which line.
 */
final class ProtocolException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
