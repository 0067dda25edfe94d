package io.windrow.quant.dataset;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.windrow.quant.panel.Panel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Panels that all tasks of a process share. Each is computed once: who asks for one that is being
 * computed waits for it. The least recently used go when the bound is passed; a task that still
 * works with a dropped panel keeps it alive, so the bound is on what is kept, not on what is used.
 *
 * <p>With a folder for files, what was computed is written to one, so that it is there when it has
 * been dropped from memory, after a restart, and for other processes of the machine.
 *
 * <p>Requests = hits + file hits + misses; a request that waits for another's computation is a hit,
 * one that gives up waiting counts nowhere, one whose computation fails is a miss.
 */
public final class FeatureCache {

  private static final long POLL_MILLIS = 200;

  /** How panels come about that are not kept. */
  interface Recipe {

    /** The panels that they are made from, and whose blocks they may share. */
    List<Panel> base();

    /** Computes the panels. */
    List<Panel> compute(List<Panel> base);
  }

  private final CacheSettings settings;
  private final Optional<PanelFiles> files;

  @GuardedBy("this")
  private final Map<Record, CompletableFuture<List<Panel>>> entries =
      new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("this")
  private final PanelBytes kept = new PanelBytes();

  private final LongAdder hits = new LongAdder();
  private final LongAdder fileHits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  /**
   * An empty cache; files that are there already are used.
   *
   * @throws IllegalArgumentException if the folder for files cannot be made
   */
  public FeatureCache(CacheSettings settings) {
    this.settings = settings;
    this.files = settings.files().map(PanelFiles::new);
  }

  /** Requests that found their panels in memory, or waited for another to compute them. */
  public long hits() {
    return hits.sum();
  }

  /** Requests that found their panels in a file. */
  public long fileHits() {
    return fileHits.sum();
  }

  /** Requests that had to compute. */
  public long misses() {
    return misses.sum();
  }

  /** How often panels were dropped from memory. */
  public long evictions() {
    return evictions.sum();
  }

  /** Size of the panels kept in memory; what they share counts once. */
  public synchronized long bytes() {
    return kept.bytes();
  }

  /** How often panels were written to a file. */
  public long filesWritten() {
    return files.map(PanelFiles::written).orElse(0L);
  }

  /** How often a file could not be written or read; then its panels were computed all the same. */
  public long fileFailures() {
    return files.map(PanelFiles::failures).orElse(0L);
  }

  /** Size of all files, those of other processes included. */
  public long fileBytes() {
    return files.map(PanelFiles::bytes).orElse(0L);
  }

  /** Whether anything is kept at all. */
  boolean keeps() {
    return settings.keeps();
  }

  /** Whether panels go to files, which other processes may find. */
  boolean writesFiles() {
    return files.isPresent();
  }

  /**
   * The panels of a key, computed if they are not there.
   *
   * @param key equal keys mean equal panels, in other processes as well
   * @param checkpoint is asked while waiting for another thread; it throws to give up
   * @return base panels, then its own
   */
  List<Panel> get(Record key, Runnable checkpoint, Recipe recipe) {
    while (true) {
      CompletableFuture<List<Panel>> mine = new CompletableFuture<>();
      CompletableFuture<List<Panel>> entry;
      synchronized (this) {
        entry = entries.get(key);
        if (entry == null) {
          entries.put(key, mine);
        }
      }
      if (entry == null) {
        return make(key, mine, recipe);
      }
      try {
        List<Panel> panels = await(entry, checkpoint);
        hits.increment();
        return panels;
      } catch (OtherFailed e) {
        // The other's failure may be its own (it was cancelled): compute it here, and so get
        // this caller's own exception if it fails again.
      }
    }
  }

  private List<Panel> make(Record key, CompletableFuture<List<Panel>> mine, Recipe recipe) {
    LongAdder outcome = misses;
    List<Panel> base;
    List<Panel> own;
    List<Panel> all;
    try {
      base = recipe.base();
      Optional<List<Panel>> found = load(key, base);
      outcome = found.isPresent() ? fileHits : misses;
      own = found.isPresent() ? found.get() : recipe.compute(base);
      all = Stream.concat(base.stream(), own.stream()).toList();
      synchronized (this) {
        mine.complete(all);
        keep(all);
      }
    } catch (RuntimeException | Error e) {
      synchronized (this) {
        entries.remove(key);
      }
      // Wrapped: a future that ends with a cancellation throws it as the waiter's own.
      mine.completeExceptionally(new OtherFailed(e));
      throw e;
    } finally {
      outcome.increment();
    }
    if (outcome == misses) {
      // Those who waited go on meanwhile.
      files.ifPresent(level -> level.store(ContentKey.hash(key), base, own));
    }
    return all;
  }

  private Optional<List<Panel>> load(Record key, List<Panel> base) {
    return files.flatMap(level -> level.load(ContentKey.hash(key), base));
  }

  private static List<Panel> await(CompletableFuture<List<Panel>> entry, Runnable checkpoint)
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

  private static void awaitBriefly(CompletableFuture<List<Panel>> entry)
      throws ExecutionException, InterruptedException {
    try {
      entry.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Time to ask the caller whether to go on.
    }
  }

  /** Adds to the size and drops the oldest finished entries until the bound holds. */
  @GuardedBy("this")
  private void keep(List<Panel> added) {
    kept.hold(added);
    Iterator<CompletableFuture<List<Panel>>> oldest = entries.values().iterator();
    while (kept.bytes() > settings.memoryBytes() && oldest.hasNext()) {
      CompletableFuture<List<Panel>> entry = oldest.next();
      if (entry.isDone()) {
        oldest.remove();
        kept.release(entry.join());
        evictions.increment();
      }
    }
  }

  private static final class OtherFailed extends Exception {
    OtherFailed(Throwable cause) {
      super(cause);
    }
  }
}
