package io.windrow.quant.dataset;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Panels that all tasks of a process share. Each is computed once: who asks for one that is being
 * computed waits for it. The least recently used go when the bound is passed; a task that still
 * works with a dropped panel keeps it alive, so the bound is on what is kept, not on what is used.
 *
 * <p>Requests = hits + misses; a request that waits for another's computation is a hit.
 */
public final class FeatureCache {

  private static final long POLL_MILLIS = 200;

  /**
   * A value and what it adds to the memory in use.
   *
   * @param value immutable, shared by all
   * @param bytes that are its own
   */
  record Weighed<T>(T value, long bytes) {}

  private final long maxBytes;

  @GuardedBy("this")
  private final Map<Object, CompletableFuture<Weighed<?>>> entries =
      new LinkedHashMap<>(16, 0.75f, true);

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  @GuardedBy("this")
  private long bytes;

  /**
   * @param maxBytes bound of the kept panels' size; 0 keeps nothing
   */
  public FeatureCache(long maxBytes) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("the cache cannot hold " + maxBytes + " bytes");
    }
    this.maxBytes = maxBytes;
  }

  /** Requests that found their panel, or waited for another to compute it. */
  public long hits() {
    return hits.sum();
  }

  /** Requests that had to compute. */
  public long misses() {
    return misses.sum();
  }

  /** Size of the kept panels. */
  public synchronized long bytes() {
    return bytes;
  }

  /**
   * The value of a key, computed if it is not there.
   *
   * @param key equal keys mean equal values
   * @param checkpoint is asked while waiting for another thread; it throws to give up
   */
  <T> T get(Object key, Class<T> type, Runnable checkpoint, Supplier<Weighed<T>> compute) {
    while (true) {
      CompletableFuture<Weighed<?>> mine = new CompletableFuture<>();
      CompletableFuture<Weighed<?>> entry;
      synchronized (this) {
        entry = entries.get(key);
        if (entry == null) {
          entries.put(key, mine);
        }
      }
      if (entry == null) {
        misses.increment();
        return type.cast(compute(key, mine, compute).value());
      }
      try {
        Weighed<?> weighed = await(entry, checkpoint);
        hits.increment();
        return type.cast(weighed.value());
      } catch (OtherFailed e) {
        // The other's failure may be its own (it was cancelled): compute it here, and so get
        // this caller's own exception if it fails again.
      }
    }
  }

  private <T> Weighed<T> compute(
      Object key, CompletableFuture<Weighed<?>> mine, Supplier<Weighed<T>> compute) {
    try {
      Weighed<T> weighed = compute.get();
      synchronized (this) {
        mine.complete(weighed);
        keep(weighed.bytes());
      }
      return weighed;
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        entries.remove(key);
      }
      // Wrapped: a future that ends with a cancellation throws it as the waiter's own.
      mine.completeExceptionally(new OtherFailed(e));
      throw e;
    }
  }

  private static Weighed<?> await(CompletableFuture<Weighed<?>> entry, Runnable checkpoint)
      throws OtherFailed {
    try {
      while (!entry.isDone()) {
        checkpoint.run();
        awaitBriefly(entry);
      }
      return entry.get();
    } catch (ExecutionException e) {
      throw new OtherFailed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for features");
    }
  }

  private static void awaitBriefly(CompletableFuture<Weighed<?>> entry)
      throws ExecutionException, InterruptedException {
    try {
      entry.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Time to ask the caller whether to go on.
    }
  }

  /** Adds to the size and drops the oldest finished entries until the bound holds. */
  @GuardedBy("this")
  private void keep(long added) {
    bytes += added;
    Iterator<CompletableFuture<Weighed<?>>> oldest = entries.values().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      CompletableFuture<Weighed<?>> entry = oldest.next();
      if (entry.isDone()) {
        oldest.remove();
        bytes -= entry.join().bytes();
      }
    }
  }

  private static final class OtherFailed extends Exception {
    OtherFailed(Throwable cause) {
      super(cause);
    }
  }
}
