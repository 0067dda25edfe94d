package io.windrow.worker.execute;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many tasks this worker runs at once. A slot is reserved before a task is looked for, so a
 * task is never claimed that would have to wait. Reservations are served in order: the intakes of
 * several queues take turns.
 */
public final class Slots implements AutoCloseable {
  private final int total;
  private final Semaphore free;
  private final AtomicInteger busy = new AtomicInteger();
  private final ExecutorService threads;

  public Slots(int total) {
    if (total < 1) {
      throw new IllegalArgumentException("a worker needs at least 1 slot, not " + total);
    }
    this.total = total;
    this.free = new Semaphore(total, true);
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            total,
            task -> {
              Thread thread = new Thread(task, "windrow-slot-" + number.getAndIncrement());
              // A run that ignores its cancellation must not keep the process alive.
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Waits for a free slot and reserves it, and with it what else is free.
   *
   * @param most at most so many
   * @return how many; 0 if none came free in time
   */
  public int reserve(int most, Duration timeout) throws InterruptedException {
    if (!free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return 0;
    }
    int reserved = 1;
    // Without a wait, and only while nobody else waits.
    while (reserved < most && !free.hasQueuedThreads() && free.tryAcquire()) {
      reserved++;
    }
    return reserved;
  }

  /** Gives reserved slots back unused. */
  public void giveBack(int unused) {
    free.release(unused);
  }

  /** Uses a reserved slot; it comes free when the task ends, or if it cannot begin. */
  public void run(Runnable task) {
    busy.incrementAndGet();
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              end();
            }
          });
    } catch (RuntimeException | Error e) {
      end();
      throw e;
    }
  }

  private void end() {
    busy.decrementAndGet();
    free.release();
  }

  public int total() {
    return total;
  }

  /** Slots that run a task. */
  public int busy() {
    return busy.get();
  }

  /** Waits until no slot is reserved or in use, and keeps all of them. */
  public boolean awaitIdle(Duration timeout) throws InterruptedException {
    boolean idle = free.tryAcquire(total, timeout.toNanos(), TimeUnit.NANOSECONDS);
    if (idle) {
      free.release(total);
    }
    return idle;
  }

  /** Interrupts what still runs. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
