package io.windrow.coordinator.dispatch;

import io.windrow.failpoint.FailPoint;
import io.windrow.pool.TaskPool;
import io.windrow.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps a bounded number of tasks announced per queue, best first, so that priorities, pauses and
 * cancellations act on everything that waits behind them.
 *
 * <p>A task is moved to queued first and announced second. Whoever dies in between, or whatever the
 * broker loses later, leaves a queued task without a record; it is announced again under the same
 * version, so that it can never start twice. How many records are missing shows by the lag: a task
 * that is queued and not taken has a record that is not taken either.
 *
 * <p>Whether this process leads is asked again right before each write. What an ousted leader still
 * does, because it was paused after it had asked, is harmless: it queues only tasks that are as it
 * read them, and an announcement that is one too many finds its task claimed or its version gone.
 */
public final class Dispatcher implements Step {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** More than any window in use; bounds one look at the store. */
  private static final int MAX_OLD = 1000;

  private final TaskPool pool;
  private final Announcer announcer;
  private final QueueTopics topics;
  private final QueueLag lag;
  private final DispatchMetrics metrics;
  private final int window;
  private final BooleanSupplier leads;
  private final Duration reannounceAfter;
  private final Duration storeTimeout;

  /**
   * @param window most tasks of a queue that are announced and not taken
   * @param leads whether this process is the one to dispatch, at this very moment
   * @param reannounceAfter how long an announced task may wait before its record is looked after
   * @param storeTimeout longest wait for one answer of the store
   */
  public Dispatcher(
      TaskPool pool,
      Announcer announcer,
      QueueTopics topics,
      QueueLag lag,
      DispatchMetrics metrics,
      int window,
      BooleanSupplier leads,
      Duration reannounceAfter,
      Duration storeTimeout) {
    this.pool = pool;
    this.announcer = announcer;
    this.topics = topics;
    this.lag = lag;
    this.metrics = metrics;
    this.window = window;
    this.leads = leads;
    this.reannounceAfter = reannounceAfter;
    this.storeTimeout = storeTimeout;
  }

  /** Fills all queues once. A queue that fails does not hold up the others. */
  @Override
  public boolean runOnce() {
    boolean more = false;
    RuntimeException failure = null;
    List<String> queues = list(pool.activeQueues());
    metrics.know(queues);
    for (String queue : queues) {
      try {
        topics.require(queue);
        reannounceLost(queue);
        more |= fill(queue);
      } catch (RuntimeException e) {
        topics.doubt(queue);
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return more;
  }

  private boolean fill(String queue) {
    int room = window - (int) Math.min(window, get(pool.queued(queue)));
    if (room == 0) {
      return false;
    }
    List<Task> best = list(pool.runnable(queue, room));
    if (best.isEmpty() || !leads.getAsBoolean()) {
      return false;
    }
    List<Task> queued = get(pool.enqueue(best));
    FailPoint.TASKS_QUEUED.pass();
    if (!leads.getAsBoolean()) {
      return false; // the next leader misses their records and announces them
    }
    List<Task> announced = announcer.announce(queued);
    FailPoint.TASKS_ANNOUNCED.pass();
    metrics.announced(queue, announced.size());
    if (announced.size() < queued.size()) {
      topics.doubt(queue);
    }
    log.atDebug()
        .addKeyValue("queue", queue)
        .addKeyValue("tasks", announced.size())
        .log("tasks announced");
    return true;
  }

  private void reannounceLost(String queue) {
    if (list(pool.queuedLongerThan(queue, reannounceAfter, 1)).isEmpty()) {
      return;
    }
    // The lag first: what is taken between the two looks leaves both counts in the end, and must
    // not
    // look like a task without a record.
    long waiting = lag(queue);
    List<Task> old = list(pool.queuedLongerThan(queue, reannounceAfter, MAX_OLD));
    List<Task> lost = old.subList(0, (int) Math.max(0, old.size() - waiting));
    if (lost.isEmpty() || !leads.getAsBoolean()) {
      return;
    }
    List<Task> announced = announcer.announce(lost);
    FailPoint.TASKS_ANNOUNCED_AGAIN.pass();
    metrics.announcedAgain(queue, announced.size());
    pool.announced(announced).block(storeTimeout);
    log.atWarn()
        .addKeyValue("queue", queue)
        .addKeyValue("queued", old.size())
        .addKeyValue("records", waiting)
        .addKeyValue("announced", announced.size())
        .log("records of queued tasks were lost, announced again");
  }

  private long lag(String queue) {
    try {
      return lag.of(queue);
    } catch (KafkaException e) {
      topics.doubt(queue);
      topics.require(queue); // gone with the broker's data, perhaps
      return lag.of(queue);
    }
  }

  private <T> T get(Mono<T> one) {
    return Objects.requireNonNull(one.block(storeTimeout));
  }

  private <T> List<T> list(Flux<T> many) {
    return get(many.collectList());
  }
}
