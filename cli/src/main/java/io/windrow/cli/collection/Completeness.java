package io.windrow.cli.collection;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.terminal.UserError;
import java.time.Duration;

/**
 * Waits for the collector to have what the coordinator already knows: a task is done before its
 * result has travelled.
 */
public final class Completeness {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(100);

  private Completeness() {}

  /** Returns when the collection is complete, or after half a minute all the same. */
  public static void await(CollectorClient collector, String submission) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Collection collection = collector.collection(submission);
    while (!collection.complete() && System.nanoTime() < end) {
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UserError("interrupted");
      }
      collection = collector.collection(submission);
    }
  }
}
