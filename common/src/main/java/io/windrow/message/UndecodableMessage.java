package io.windrow.message;

/** A record's bytes are no message this version knows. Such a record is parked, never retried. */
public final class UndecodableMessage extends Exception {
  private static final long serialVersionUID = 1L;

  UndecodableMessage(String reason, Throwable cause) {
    super(reason, cause);
  }

  UndecodableMessage(String reason) {
    super(reason);
  }
}
