package io.windrow.worker.intake;

import io.windrow.failpoint.ProcessStopped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a source's thread: joins, takes until it is stopped, and joins again after an error
 * with growing pauses, even one of the JVM that some task has caused. Subclasses say how to talk to
 * the broker.
 */
abstract class PollLoop implements TaskSource {
  private static final Logger log = LoggerFactory.getLogger(PollLoop.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  private final String queue;
  private final Runnable topicSetup;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private Duration pause = FIRST_PAUSE;

  /**
   * @param topicSetup creates the queue's topic and sets its group up, if need be; repeated after
   *     errors
   */
  PollLoop(String queue, Runnable topicSetup) {
    this.queue = queue;
    this.topicSetup = topicSetup;
    this.thread = new Thread(this::run, "windrow-intake-" + queue);
    this.thread.setDaemon(true);
  }

  /**
   * Joins the group and takes until {@link #stopping}, then leaves the group.
   *
   * @throws InterruptedException if the thread was interrupted
   * @throws RuntimeException if the broker refuses; the loop calls again, as after an error
   */
  abstract void takeUntilStopped() throws InterruptedException;

  final String queue() {
    return queue;
  }

  @Override
  public final boolean stopping() {
    return stopping.getCount() == 0;
  }

  /** Pauses with growing length until the store answers again or the source is stopped. */
  final void awaitStore(Intake intake) throws InterruptedException {
    Duration next = FIRST_PAUSE;
    while (!stoppedWithin(next) && !intake.storeAnswers()) {
      next = longer(next);
    }
  }

  @Override
  public final void start() {
    thread.start();
  }

  @Override
  public final void stop() {
    stopping.countDown();
  }

  @Override
  public final boolean awaitStopped(Duration timeout) throws InterruptedException {
    thread.join(Math.max(1, timeout.toMillis()));
    return !thread.isAlive();
  }

  @Override
  public final boolean running() {
    return thread.isAlive();
  }

  private void run() {
    while (!stopping()) {
      long begin = System.nanoTime();
      try {
        topicSetup.run();
        takeUntilStopped();
      } catch (InterruptedException e) {
        return;
      } catch (ProcessStopped stopped) {
        throw stopped; // as if this thread were no more
      } catch (RuntimeException | Error e) {
        if (stoppedAfter(e, System.nanoTime() - begin)) {
          return;
        }
      }
    }
  }

  /** Pauses; longer than the last time if it went well for but {@code nanos} in between. */
  private boolean stoppedAfter(Throwable error, long nanos) {
    try {
      pause = nanos > MAX_PAUSE.toNanos() ? FIRST_PAUSE : longer(pause);
      log.atWarn()
          .addKeyValue("queue", queue)
          .addKeyValue("error", error.toString())
          .addKeyValue("retryIn", pause)
          .log("intake interrupted, joining again");
      return stoppedWithin(pause);
    } catch (InterruptedException e) {
      return true;
    } catch (Error e) {
      return false; // no memory for a pause either
    }
  }

  private boolean stoppedWithin(Duration pause) throws InterruptedException {
    return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(MAX_PAUSE) < 0 ? twice : MAX_PAUSE;
  }
}
