package io.windrow.meter;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets numbers that are counted every few seconds be told for a minute after they were: then they
 * are no number (NaN), which a maximum over several processes passes over and no alert compares
 * with. A process that cannot count any more would tell for ever what was once so, louder than the
 * others who can.
 */
public final class Freshness {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private volatile long renewed;

  /**
   * Fresh from now.
   *
   * @param nanos a clock such as {@link System#nanoTime}
   */
  public Freshness(LongSupplier nanos) {
    this.nanos = nanos;
    this.renewed = nanos.getAsLong();
  }

  /** All has just been counted. */
  public void renew() {
    renewed = nanos.getAsLong();
  }

  /** The value, or NaN if it is no longer fresh. */
  public double of(double value) {
    return age().compareTo(LIMIT) <= 0 ? value : Double.NaN;
  }

  /** Time since the last count. */
  public Duration age() {
    return Duration.ofNanos(nanos.getAsLong() - renewed);
  }
}
