package io.windrow.startup;

/**
 * A server this process cannot do without does not answer, or its address is not given.
 *
 * <p>The message says which and where, {@link #remedy()} what to do. Neither holds a password.
 */
public final class UnreachableException extends RuntimeException {
  private final String remedy;

  UnreachableException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What to start or to set. */
  public String remedy() {
    return remedy;
  }
}
