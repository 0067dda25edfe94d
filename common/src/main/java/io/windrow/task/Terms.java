package io.windrow.task;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terms on which a task runs. No part of its identity: the same task may be submitted with
 * other terms and is still the same.
 *
 * @param backOff the wait between attempts; null for the cluster's
 * @param timeout how long one attempt may take; null for no end
 * @param dependsOn what it waits for, all of it; it is not announced before
 */
public record Terms(
    @Nullable BackOff backOff, @Nullable Duration timeout, List<Dependency> dependsOn) {

  /** Of a workflow that says nothing. */
  public static final Terms DEFAULT = new Terms(null, null);

  /** Terms of a task that waits for no other. */
  public Terms(@Nullable BackOff backOff, @Nullable Duration timeout) {
    this(backOff, timeout, List.of());
  }

  /** The same for a task that waits for others. */
  public Terms after(List<Dependency> others) {
    return new Terms(backOff, timeout, others);
  }

  public Terms {
    dependsOn = List.copyOf(dependsOn);
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("a time-out must be longer than 0, is " + timeout);
    }
  }
}
