package io.windrow.failpoint;

/**
 * Thrown by a test at a {@link FailPoint}: the process stopped here. Nobody may make an outcome of
 * it, or go on in any other way.
 */
public final class ProcessStopped extends Error {
  public ProcessStopped(FailPoint at) {
    super("stopped at " + at);
  }
}
