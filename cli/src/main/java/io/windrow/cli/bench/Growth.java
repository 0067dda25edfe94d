package io.windrow.cli.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Waits for a number to grow. */
final class Growth {
  /** It did not for so long: something is broken. */
  private static final Duration STUCK = Duration.ofMinutes(2);

  private Growth() {}

  /**
   * Looks until the number is at least what is wanted.
   *
   * @param what is counted and has happened to it, for the message: {@code tasks were collected}
   * @param look pause between two looks
   * @param told each number seen, the last one too
   * @throws IllegalStateException if it stands still
   */
  static void await(
      String what, LongSupplier number, long wanted, Duration look, LongConsumer told) {
    long last = -1;
    long moved = System.nanoTime();
    for (long now = number.getAsLong(); ; now = number.getAsLong()) {
      told.accept(now);
      if (now >= wanted) {
        return;
      }
      if (now > last) {
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > STUCK.toNanos()) {
        throw new IllegalStateException(
            "%d of %d %s and no more for %s".formatted(now, wanted, what, STUCK));
      }
      last = now;
      LockSupport.parkNanos(look.toNanos());
    }
  }
}
