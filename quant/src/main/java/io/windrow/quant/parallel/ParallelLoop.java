package io.windrow.quant.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Does independent pieces of work, several at a time.
 *
 * @param threads how many at a time; at least 1
 */
public record ParallelLoop(int threads) {

  public ParallelLoop {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
  }

  /**
   * Does the work for 0 to size - 1, each number once. What a piece throws is thrown here.
   *
   * @param worker makes the work of one thread, with what the thread reuses
   * @throws CancellationException if the thread is interrupted
   */
  public void forEach(int size, Supplier<IntConsumer> worker) {
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          IntConsumer work = worker.get();
          for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
            checkInterrupted();
            work.accept(i);
          }
        };
    // A pool that is done before it is asked would not notice.
    checkInterrupted();
    int used = Math.min(threads, size);
    if (used <= 1) {
      loop.run();
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(used);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < used; i++) {
        futures.add(pool.submit(loop));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the computation was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("the computation failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the computation was interrupted");
    }
  }
}
