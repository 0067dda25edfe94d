package io.windrow.coordinator.dispatch;

import io.windrow.pool.TaskPool;
import io.windrow.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Publishes results that their worker did not live, or had no broker, to publish. */
public final class Outbox implements Step {
  private static final int BATCH = 500;

  private final TaskPool pool;
  private final Announcer announcer;
  private final Duration age;
  private final Duration storeTimeout;

  /**
   * @param age results are left to their workers for so long
   */
  public Outbox(TaskPool pool, Announcer announcer, Duration age, Duration storeTimeout) {
    this.pool = pool;
    this.announcer = announcer;
    this.age = age;
    this.storeTimeout = storeTimeout;
  }

  @Override
  public boolean runOnce() {
    List<Task> unpublished =
        Objects.requireNonNull(pool.unpublished(age, BATCH).collectList().block(storeTimeout));
    if (unpublished.isEmpty()) {
      return false;
    }
    List<Task> published = announcer.publish(unpublished);
    if (!published.isEmpty()) {
      pool.markPublished(published).block(storeTimeout);
    }
    return published.size() == BATCH;
  }
}
