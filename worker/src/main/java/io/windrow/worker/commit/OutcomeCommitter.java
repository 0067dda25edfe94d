package io.windrow.worker.commit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.RecorderStore;
import io.windrow.failpoint.FailPoint;
import io.windrow.message.TaskFinished;
import io.windrow.pool.Claim;
import io.windrow.pool.CommitResult;
import io.windrow.pool.TaskPool;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import io.windrow.worker.lease.HeldLease;
import io.windrow.worker.lease.StopReason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import reactor.core.publisher.Mono;

/**
 * Records the outcome of an attempt, in this order. Each step is one document or one message; a
 * crash between any two is repaired by a sweep of the coordinator.
 *
 * <ol>
 *   <li><b>Artifacts and metrics</b> go to the attempt's own recorder. A crash after it leaves a
 *       recorder that no outcome names: the lease runs out, the task is run again under a new
 *       recorder, and the sweep collects the orphan.
 *   <li><b>The task</b> is updated on the condition that it still has the claim's version. From
 *       here on the outcome is the task's one outcome. A crash after it leaves a finished task
 *       marked unpublished and a recorder still running: the sweep repeats steps 3 to 5.
 *   <li><b>The recorder</b> is finalised (idempotent). A crash after it leaves only the message
 *       missing: the sweep repeats steps 3 to 5.
 *   <li><b>The message</b> {@link TaskFinished} is published. A crash after it means that it is
 *       published again: the collector knows the task and ignores the repetition.
 *   <li><b>The task is marked published.</b> Nothing is left to do.
 * </ol>
 *
 * <p>An attempt that does not end its task (a retry, a hand-back, the end of a stage that others
 * follow) ends after step 3; its recorder, too, is closed by the sweep if nobody else does.
 */
public final class OutcomeCommitter {
  private static final Logger log = LoggerFactory.getLogger(OutcomeCommitter.class);

  private final TaskPool pool;
  private final RecorderStore recorders;
  private final ArtifactStore artifacts;
  private final ResultPublisher results;
  private final StoreRetry retry;
  private final Counter fenced;

  public OutcomeCommitter(
      TaskPool pool,
      RecorderStore recorders,
      ArtifactStore artifacts,
      ResultPublisher results,
      StoreRetry retry,
      MeterRegistry meters) {
    this.pool = pool;
    this.recorders = recorders;
    this.artifacts = artifacts;
    this.results = results;
    this.retry = retry;
    this.fenced =
        Counter.builder("windrow.commit.fenced")
            .description("Outcomes thrown away because the task had moved on")
            .register(meters);
  }

  /** The recorder for an attempt; nothing is stored yet. */
  public AttemptRecorder recorder(HeldLease lease) {
    return new AttemptRecorder(lease, recorders, artifacts, retry);
  }

  /**
   * Commits an outcome.
   *
   * @throws RuntimeException if what belongs to the outcome could not be stored (step 1); the task
   *     is unchanged and a failure may be committed in its place
   */
  public CommitOutcome commit(AttemptRecorder recorder, Outcome outcome) {
    Outcome recorded = outcome;
    if (outcome instanceof Outcome.Succeeded succeeded) {
      recorded = complete(succeeded, recorder);
    } else {
      recorder.tryFlush();
    }
    FailPoint.OUTCOME_STORED.pass();
    HeldLease lease = recorder.lease();
    Claim claim = lease.claim();
    CommitResult result;
    lease.settle();
    try {
      result = update(lease, recorded);
    } catch (RuntimeException e) {
      event(claim, e).log("outcome not recorded, the lease will settle it");
      return CommitOutcome.ABANDONED;
    }
    if (result instanceof CommitResult.Committed committed) {
      FailPoint.TASK_COMMITTED.pass();
      return finish(claim, committed, recorded);
    }
    return discard(lease);
  }

  /**
   * Ends an attempt whose claim seems lost, by reading the task first:
   *
   * <ul>
   *   <li>its outcome is this attempt's (the reply to the commit was lost): steps 3 to 5 follow;
   *   <li>it still runs under this claim (the store was away): it is handed back uncharged, however
   *       long that was;
   *   <li>it has moved on: the recorder is failed and its artifacts are deleted.
   * </ul>
   */
  public CommitOutcome discard(HeldLease lease) {
    Claim claim = lease.claim();
    FailPoint.DISCARD_BEGUN.pass();
    try {
      Task task =
          retry
              .untilAnswered()
              .call(() -> pool.find(claim.task().id()).singleOptional(), () -> true)
              .orElse(null);
      TaskResult own = task == null ? null : task.resultOf(claim.token());
      if (own != null) {
        TaskState state = own.equals(task.result()) ? TaskState.DONE : TaskState.PART_DONE;
        Outcome outcome = new Outcome.Succeeded(own.metrics());
        return finish(claim, new CommitResult.Committed(state, task.version()), outcome);
      }
      if (task != null && task.version() == claim.version()) {
        Outcome outcome = new Outcome.HandedBack("the lease could not be renewed in time");
        CommitResult result = update(claim, outcome, () -> true);
        if (result instanceof CommitResult.Committed committed) {
          FailPoint.DISCARD_HANDED_BACK.pass();
          return finish(claim, committed, outcome);
        }
      }
    } catch (RuntimeException e) {
      event(claim, e).log("lost claim not cleaned up, left to the sweep");
      return CommitOutcome.ABANDONED;
    }
    fenced.increment();
    log.atWarn()
        .addKeyValue("taskId", claim.task().id())
        .addKeyValue("version", claim.version())
        .log("claim lost, the attempt is discarded");
    quietly(claim, recorders.finish(claim.recorderId(), Recorder.Status.FAILED));
    FailPoint.DISCARD_RECORDER_FAILED.pass();
    quietly(claim, artifacts.delete(claim.recorderId()));
    return CommitOutcome.FENCED;
  }

  /** Step 1. The time it took is itself a metric, so it is stored last. */
  private static Outcome complete(Outcome.Succeeded outcome, AttemptRecorder recorder) {
    recorder.complete();
    double seconds = recorder.storeSeconds();
    recorder.metric("time.commit", 0, seconds);
    recorder.flush();
    Map<String, Double> metrics = new LinkedHashMap<>(outcome.metrics());
    metrics.put("time.commit", seconds);
    return new Outcome.Succeeded(metrics);
  }

  /**
   * Step 2, also after the lease: the update is conditional, and while the store is away nobody
   * else can get the task. Given up, it would be charged for the store's absence.
   */
  private CommitResult update(HeldLease lease, Outcome outcome) {
    try {
      return update(lease.claim(), outcome, () -> lease.stopReason() != StopReason.LOST);
    } catch (RuntimeException e) {
      if (lease.stopReason() != StopReason.LOST) {
        throw e;
      }
      // What ended the claim may be this very update, whose reply was lost. Repeated, it tells.
      return retry.call(() -> pool.commit(lease.claim(), outcome), () -> true);
    }
  }

  private CommitResult update(Claim claim, Outcome outcome, BooleanSupplier worthwhile) {
    return retry.untilAnswered().call(() -> pool.commit(claim, outcome), worthwhile);
  }

  /** Steps 3 to 5. They are repeated by the sweep, so an error here is only logged. */
  private CommitOutcome finish(Claim claim, CommitResult.Committed committed, Outcome outcome) {
    boolean succeeded =
        committed.state() == TaskState.DONE || committed.state() == TaskState.PART_DONE;
    quietly(
        claim,
        recorders.finish(
            claim.recorderId(), succeeded ? Recorder.Status.FINISHED : Recorder.Status.FAILED));
    FailPoint.RECORDER_FINISHED.pass();
    if (committed.state().terminal()) {
      announce(claim, committed, outcome);
    }
    return ended(committed.state(), outcome);
  }

  private void announce(Claim claim, CommitResult.Committed committed, Outcome outcome) {
    boolean done = committed.state() == TaskState.DONE;
    TaskFinished finished =
        new TaskFinished(
            1,
            claim.task().id(),
            committed.version(),
            committed.state(),
            claim.task().pool(),
            claim.task().experiment(),
            claim.task().submission(),
            done ? claim.recorderId() : null,
            outcome instanceof Outcome.Succeeded succeeded
                ? claim.result(succeeded.metrics()).metrics()
                : Map.of());
    if (quietly(claim, results.publish(finished))) {
      FailPoint.RESULT_PUBLISHED.pass();
      quietly(claim, pool.markPublished(claim.task().id(), committed.version()));
      FailPoint.RESULT_MARKED.pass();
    }
  }

  private boolean quietly(Claim claim, Mono<Void> step) {
    try {
      retry.call(() -> step, () -> false);
      return true;
    } catch (RuntimeException e) {
      event(claim, e).log("step after the commit failed, left to the sweep");
      return false;
    }
  }

  private static LoggingEventBuilder event(Claim claim, RuntimeException error) {
    return log.atWarn()
        .addKeyValue("taskId", claim.task().id())
        .addKeyValue("version", claim.version())
        .addKeyValue("error", error.toString());
  }

  private static CommitOutcome ended(TaskState state, Outcome outcome) {
    if (outcome instanceof Outcome.HandedBack) {
      return CommitOutcome.HANDED_BACK;
    }
    return switch (state) {
      case DONE -> CommitOutcome.DONE;
      case FAILED -> CommitOutcome.FAILED;
      case PART_DONE -> CommitOutcome.PART_DONE;
      case WAITING, QUEUED, RUNNING, CANCELLED -> CommitOutcome.RETRY;
    };
  }
}
