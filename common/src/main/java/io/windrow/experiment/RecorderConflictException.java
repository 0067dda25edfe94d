package io.windrow.experiment;

/** A recorder is not in a state that allows what was asked of it. */
public final class RecorderConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RecorderConflictException(String message) {
    super(message);
  }
}
