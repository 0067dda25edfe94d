package io.windrow.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command stay until Ctrl-C or SIGTERM and then stop in order: the JVM ends only after
 * {@link #close()}. To be opened before, and so closed after, what has to be stopped.
 */
public final class Staying implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread starting = Thread.currentThread();
  private volatile boolean started;

  /** Watches for the signal from now on; one that comes during the start interrupts it. */
  public Staying() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "windrow-stop"));
  }

  /** Returns when the process is asked to end. */
  public void untilStopped() throws InterruptedException {
    started = true;
    if (stop.getCount() > 0) {
      stop.await();
    }
  }

  /** Tells that everything is stopped. */
  @Override
  public void close() {
    stopped.countDown();
  }

  private void onSignal() {
    System.err.println("windrow: stopping ...");
    stop.countDown();
    if (!started) {
      starting.interrupt();
    }
    try {
      if (!stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("windrow: not everything stopped within a minute; giving up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
