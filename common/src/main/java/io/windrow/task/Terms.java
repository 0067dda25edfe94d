package io.windrow.task;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The terms on which a task runs, or one stage of it. No part of its identity: the same task may be
 * submitted with other terms and is still the same.
 *
 * @param maxAttempts how often it may be tried
 * @param backOff the wait between attempts; null for the cluster's
 * @param timeout how long one attempt may take; null for no end
 * @param isolation how far from its worker it runs
 */
public record Terms(
    int maxAttempts, @Nullable BackOff backOff, @Nullable Duration timeout, Isolation isolation) {

  /** Of a workflow that says nothing. */
  public static final Terms DEFAULT = new Terms(3, null, null);

  /** Inside of the worker. */
  public Terms(int maxAttempts, @Nullable BackOff backOff, @Nullable Duration timeout) {
    this(maxAttempts, backOff, timeout, Isolation.NONE);
  }

  public Terms {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts must be at least 1, is " + maxAttempts);
    }
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("a time-out must be longer than 0, is " + timeout);
    }
  }
}
