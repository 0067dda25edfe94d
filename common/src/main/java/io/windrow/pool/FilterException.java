package io.windrow.pool;

/** A filter that cannot be read: where, and what was expected there. */
public final class FilterException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int position;

  FilterException(int position, String message) {
    super(message);
    this.position = position;
  }

  /** The character at which it went wrong, from 1. */
  public int position() {
    return position;
  }
}
