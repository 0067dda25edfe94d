package io.windrow.embedded;

/** An embedded server could not start. The message says which, where, why and what to do. */
public final class EmbeddedStartException extends RuntimeException {
  EmbeddedStartException(String message, Throwable cause) {
    super(message, cause);
  }

  EmbeddedStartException(String message) {
    super(message);
  }
}
