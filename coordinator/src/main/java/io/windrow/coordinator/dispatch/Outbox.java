package io.windrow.coordinator.dispatch;

import io.windrow.failpoint.FailPoint;
import io.windrow.pool.TaskPool;
import io.windrow.store.AttemptRecorders;
import io.windrow.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what workers did not live, or had no store or broker, to end: closes the recorders of ended
 * attempts, and then publishes results and marks them. These are the last three steps of a commit,
 * in its order; each may be repeated.
 */
public final class Outbox implements Step {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final int BATCH = 500;

  private final TaskPool pool;
  private final AttemptRecorders recorders;
  private final Announcer announcer;
  private final QueueTopics topics;
  private final BooleanSupplier leads;
  private final Duration age;
  private final Duration storeTimeout;

  /**
   * @param leads asked again before anything is published; an ousted leader would only repeat what
   *     the next one does
   * @param age attempts are left to their workers for so long after their end
   * @param storeTimeout longest wait for one answer of the store
   */
  public Outbox(
      TaskPool pool,
      AttemptRecorders recorders,
      Announcer announcer,
      QueueTopics topics,
      BooleanSupplier leads,
      Duration age,
      Duration storeTimeout) {
    this.pool = pool;
    this.recorders = recorders;
    this.announcer = announcer;
    this.topics = topics;
    this.leads = leads;
    this.age = age;
    this.storeTimeout = storeTimeout;
  }

  @Override
  public boolean runOnce() {
    closeRecorders();
    List<Task> unpublished =
        Objects.requireNonNull(pool.unpublished(age, BATCH).collectList().block(storeTimeout));
    if (unpublished.isEmpty() || !leads.getAsBoolean()) {
      return false;
    }
    topics.shared(); // gone with the broker's data, perhaps: that is why they are here
    List<Task> published = announcer.publish(unpublished);
    FailPoint.RESULTS_PUBLISHED.pass();
    if (!published.isEmpty()) {
      pool.markPublished(published).block(storeTimeout);
    }
    return published.size() == BATCH;
  }

  private void closeRecorders() {
    Long closed = recorders.closeEnded(age).block(storeTimeout);
    if (closed != null && closed > 0) {
      FailPoint.RECORDERS_CLOSED.pass();
      log.atInfo().addKeyValue("recorders", closed).log("recorders of ended attempts closed");
    }
  }
}
