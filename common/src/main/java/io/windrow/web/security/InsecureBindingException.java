package io.windrow.web.security;

/**
 * A role would let everybody in that can reach it.
 *
 * <p>The message says what and where, {@link #remedy()} what to do.
 */
public final class InsecureBindingException extends RuntimeException {
  private final String remedy;

  InsecureBindingException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** What to set. */
  public String remedy() {
    return remedy;
  }
}
