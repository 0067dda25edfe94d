package io.windrow.cli.collection;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.terminal.UserError;
import java.time.Duration;

/** Waits for results under way: a task is done some moments before the collector has its result. */
public final class Completeness {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);

  private Completeness() {}

  /** The collection once no window of a done task is missing, or after half a minute as it is. */
  public static Collection await(CollectorClient collector, String submission) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Collection collection = collector.collection(submission);
    while (isUnderWay(collection) && System.nanoTime() < end) {
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UserError("interrupted");
      }
      collection = collector.collection(submission);
    }
    return collection;
  }

  /**
   * The same with back-tests of series with gaps.
   *
   * @param partial whether those are wanted
   */
  static Collection await(CollectorClient collector, String submission, boolean partial) {
    Collection collection = await(collector, submission);
    return partial && !collection.complete() ? collector.collection(submission, true) : collection;
  }

  private static boolean isUnderWay(Collection collection) {
    return collection.missing().stream().anyMatch(window -> window.state().equals("done"));
  }
}
