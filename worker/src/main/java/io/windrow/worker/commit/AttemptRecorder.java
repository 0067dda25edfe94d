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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The recorder of one attempt. Artifacts are stored at once; parameters and metrics are gathered
 * and stored about once a second, so that a running attempt can be watched without a write per
 * boosting round.
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
  private long flushedAt = System.nanoTime();
  private long storeNanos;

  AttemptRecorder(
      HeldLease lease, RecorderStore recorders, ArtifactStore artifacts, StoreRetry retry) {
    this.lease = lease;
    this.recorders = recorders;
    this.artifacts = artifacts;
    this.retry = retry;
  }

  /** Stores the recorder as running, with the definition as its parameters. */
  public synchronized void begin(Map<String, String> tags, Instant now) {
    Claim claim = lease.claim();
    stored.putAll(DefinitionParams.of(claim.task().work()));
    Recorder recorder =
        new Recorder(
            id(),
            claim.task().experiment(),
            claim.task().id(),
            claim.version(),
            Recorder.Status.RUNNING,
            stored,
            tags,
            Map.of(),
            now,
            null,
            claim.previousRecorder());
    store(() -> recorders.begin(recorder));
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
    store(retry.forBytes(bytes.length), () -> artifacts.put(id(), path, bytes));
  }

  @Override
  public synchronized void artifact(String path, Path file) throws IOException {
    Content content = Content.of(file);
    store(retry.forBytes(content.length()), () -> artifacts.put(id(), path, content));
  }

  /** Stores what is gathered and the task as it was run: step 1 of the commit. */
  synchronized void complete() {
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

  /** Stores the gathered parameters and metrics. */
  synchronized void flush() {
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
