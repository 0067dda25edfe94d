package io.windrow.worker.commit;

import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Content;
import io.windrow.experiment.Metric;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.RecorderStore;
import io.windrow.failpoint.FailPoint;
import io.windrow.pool.Claim;
import io.windrow.quant.run.RunRecorder;
import io.windrow.worker.lease.HeldLease;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * The recorder of one attempt. Artifacts are stored at once; parameters and metrics are gathered
 * and stored about once a second, so that a running attempt can be watched without a write per
 * boosting round. The recorder itself is stored before its first artifact, after a second, or when
 * the attempt ends: an attempt that is over in no time costs one write here.
 *
 * <p>Everything is written under the claim's own recorder id, so a worker that has lost its claim
 * harms nobody. Such a worker stops writing as soon as it knows.
 */
public final class AttemptRecorder implements RunRecorder {
  private static final Logger log = LoggerFactory.getLogger(AttemptRecorder.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long FLUSH_NANOS = 1_000_000_000L;

  private final HeldLease lease;
  private final RecorderStore recorders;
  private final ArtifactStore artifacts;
  private final StoreRetry retry;
  private final Map<String, String> stored = new HashMap<>();
  private final Map<String, String> params = new LinkedHashMap<>();
  private final List<Metric> metrics = new ArrayList<>();
  private Map<String, String> tags = Map.of();
  private Instant startedAt = Instant.EPOCH;
  private boolean begun;
  private boolean hasArtifacts;
  private Disposable soon = Disposables.disposed();
  private long flushedAt = System.nanoTime();
  private long storeNanos;

  AttemptRecorder(
      HeldLease lease, RecorderStore recorders, ArtifactStore artifacts, StoreRetry retry) {
    this.lease = lease;
    this.recorders = recorders;
    this.artifacts = artifacts;
    this.retry = retry;
  }

  /**
   * Begins, with the definition as its parameters.
   *
   * @param tags what the recorder says about this worker
   */
  public synchronized void begin(Map<String, String> tags, Instant now) {
    this.tags = tags;
    this.startedAt = now;
    stored.putAll(DefinitionParams.of(lease.claim().task().work()));
    soon = Schedulers.boundedElastic().schedule(this::show, FLUSH_NANOS, TimeUnit.NANOSECONDS);
  }

  /** Shows an attempt that has not stored anything for a second as running. */
  private synchronized void show() {
    if (!begun && !soon.isDisposed() && lease.held()) {
      tryFlush();
    }
  }

  private Recorder running() {
    Claim claim = lease.claim();
    return new Recorder(
        id(),
        claim.task().experiment(),
        claim.task().id(),
        claim.version(),
        Recorder.Status.RUNNING,
        stored,
        tags,
        Map.of(),
        startedAt,
        null,
        claim.previousRecorder());
  }

  /** Stores the recorder as running, unless it is. */
  private void begin(List<Metric> values) {
    soon.dispose();
    Recorder running = running();
    store(() -> recorders.begin(running, values));
    params.clear();
    begun = true;
    FailPoint.RECORDER_BEGUN.pass();
  }

  @Override
  public synchronized void param(String name, String value) {
    if (!value.equals(stored.put(name, value))) {
      params.put(name, value);
    }
  }

  @Override
  public synchronized void metric(String name, int step, double value) {
    metrics.add(new Metric(name, step, value));
    if (System.nanoTime() - flushedAt > FLUSH_NANOS) {
      tryFlush();
    }
  }

  @Override
  public synchronized void artifact(String path, byte[] bytes) {
    artifact(path, Content.of(bytes));
  }

  @Override
  public synchronized void artifact(String path, Path file, int length) {
    artifact(path, Content.of(file, length));
  }

  private void artifact(String path, Content content) {
    // A crash in between must not leave bytes that nobody can find.
    if (!begun) {
      begin(List.of());
    }
    store(retry.forBytes(content.length()), () -> artifacts.put(id(), path, content));
    hasArtifacts = true;
  }

  /**
   * Stores what is gathered and, beside artifacts, the task as it was run: step 1 of the commit.
   * Without artifacts the parameters say it, and what is gathered goes with the last values.
   */
  synchronized void complete() {
    if (!hasArtifacts) {
      return;
    }
    Claim claim = lease.claim();
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("id", claim.task().id());
    task.put("pool", claim.task().pool());
    task.put("experiment", claim.task().experiment());
    task.put("submission", claim.task().submission());
    if (!claim.task().stage().isOnly()) {
      task.put("stage", claim.task().stage().name());
    }
    task.put("attempt", claim.task().attempt());
    task.put("version", claim.version());
    task.put("definition", claim.task().work());
    artifact("task.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(task));
    flush();
  }

  /** Stores the recorder, if it is not, and the gathered parameters and metrics. */
  synchronized void flush() {
    if (!begun) {
      begin(List.copyOf(metrics));
      metrics.clear();
    }
    if (!params.isEmpty()) {
      Map<String, String> batch = Map.copyOf(params);
      store(() -> recorders.params(id(), batch));
      params.clear();
    }
    if (!metrics.isEmpty()) {
      List<Metric> batch = List.copyOf(metrics);
      store(() -> recorders.metrics(id(), batch));
      metrics.clear();
    }
    flushedAt = System.nanoTime();
  }

  /** Seconds this attempt has spent waiting for the store. */
  synchronized double storeSeconds() {
    return storeNanos / 1e9;
  }

  /** The claim it writes for. */
  HeldLease lease() {
    return lease;
  }

  /** Id of the recorder. */
  String id() {
    return lease.claim().recorderId();
  }

  /**
   * A watcher's view may lag: an error only leaves the values gathered until the next second or the
   * commit of a success, which insists.
   */
  synchronized void tryFlush() {
    try {
      flush();
    } catch (RuntimeException e) {
      flushedAt = System.nanoTime();
      log.atWarn()
          .addKeyValue("taskId", lease.claim().task().id())
          .addKeyValue("version", lease.claim().version())
          .addKeyValue("error", e.toString())
          .log("metrics not stored yet");
    }
  }

  private void store(Supplier<? extends Mono<?>> write) {
    store(retry, write);
  }

  private void store(StoreRetry patience, Supplier<? extends Mono<?>> write) {
    long begin = System.nanoTime();
    try {
      patience.call(() -> write.get().then(), lease::held);
    } finally {
      storeNanos += System.nanoTime() - begin;
    }
  }
}
