package io.windrow.cli.submission;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When a submission will have ended, going by how fast its windows ended while it was watched.
 * Nothing is said before a few have.
 */
final class Estimate {
  private static final int FEW = 2;
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;

  private final LongSupplier nanoClock;
  private long firstAt;
  private long first = -1;

  /**
   * @param nanoClock monotonic
   */
  Estimate(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** A few words, or an empty text while it is too early or when all have ended. */
  String seen(long ended, long all) {
    long now = nanoClock.getAsLong();
    if (first < 0) {
      first = ended;
      firstAt = now;
    }
    if (ended - first < FEW || ended >= all) {
      return "";
    }
    double each = (double) (now - firstAt) / (ended - first);
    return words(Duration.ofNanos((long) (each * (all - ended))));
  }

  private static String words(Duration left) {
    long seconds = Math.max(1, left.toSeconds());
    if (seconds < 2 * MINUTE) {
      return "about " + seconds + " s left";
    }
    return seconds < 2 * HOUR
        ? "about " + (seconds + MINUTE / 2) / MINUTE + " min left"
        : "about " + (seconds + HOUR / 2) / HOUR + " h left";
  }
}
