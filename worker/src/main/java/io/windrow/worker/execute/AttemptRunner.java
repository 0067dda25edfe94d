package io.windrow.worker.execute;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.windrow.failpoint.FailPoint;
import io.windrow.failpoint.ProcessStopped;
import io.windrow.pool.Claim;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.trace.Traces;
import io.windrow.worker.commit.AttemptRecorder;
import io.windrow.worker.commit.CommitOutcome;
import io.windrow.worker.commit.OutcomeCommitter;
import io.windrow.worker.lease.HeldLease;
import io.windrow.worker.lease.LeaseKeeper;
import io.windrow.worker.lease.StopReason;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt from claim to recorded outcome, on the calling thread. Never throws. */
public final class AttemptRunner {
  private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);

  private final List<TaskExecutor> executors;
  private final FailureClassifier classifier;
  private final LeaseKeeper leases;
  private final OutcomeCommitter committer;
  private final Map<String, String> tags;
  private final Clock clock;
  private final Traces traces;
  private final AttemptMetrics metrics;

  /**
   * @param executors the enabled ones; the first that accepts a definition runs it
   * @param tags what the recorder says about this worker
   * @param clock the store's, for what is recorded
   */
  public AttemptRunner(
      List<TaskExecutor> executors,
      FailureClassifier classifier,
      LeaseKeeper leases,
      OutcomeCommitter committer,
      Map<String, String> tags,
      Clock clock,
      Traces traces,
      MeterRegistry meters) {
    this.executors = List.copyOf(executors);
    this.classifier = classifier;
    this.leases = leases;
    this.committer = committer;
    this.tags = Map.copyOf(tags);
    this.clock = clock;
    this.traces = traces;
    this.metrics = new AttemptMetrics(meters);
  }

  /** Shows what may become of the tasks of these queues before anything has. */
  public void know(Collection<String> queues) {
    metrics.know(queues, executors.stream().map(TaskExecutor::name).toList());
  }

  /**
   * Runs and commits.
   *
   * @param claimedAt monotonic time just before the claim was sent
   */
  public void run(Claim claim, long claimedAt) {
    Task task = claim.task();
    Span span =
        traces.begin("windrow.attempt", SpanKind.CONSUMER, Arrays.asList(task.asked().trace()));
    try {
      Context.current().with(span).wrap(() -> run(claim, claimedAt, span)).run();
    } finally {
      span.end();
    }
  }

  private void run(Claim claim, long claimedAt, Span span) {
    FailPoint.ATTEMPT_STARTING.pass();
    HeldLease lease = leases.hold(claim, claimedAt);
    AttemptRecorder recorder = committer.recorder(lease);
    long begin = System.nanoTime();
    String executor = "none";
    CommitOutcome outcome = CommitOutcome.ABANDONED;
    try {
      Work work = Work.of(claim.task());
      TaskExecutor chosen = choose(work);
      executor = chosen.name();
      outcome = attempt(chosen, work, lease, recorder);
    } catch (ProcessStopped stopped) {
      throw stopped; // as if this thread were no more
    } catch (Throwable error) {
      outcome = commitFailure(lease, recorder, error);
    } finally {
      leases.release(lease);
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      metrics.ended(claim.task().queue(), executor, outcome, took);
      if (span.isRecording()) {
        describe(span, claim.task(), executor, outcome);
      }
      log.atInfo()
          .addKeyValue("taskId", claim.task().id())
          .addKeyValue("version", claim.version())
          .addKeyValue("attempt", claim.task().attempt())
          .addKeyValue("outcome", outcome.word())
          .addKeyValue("seconds", took.toMillis() / 1000.0)
          .log("attempt ended");
    }
  }

  private static void describe(Span span, Task task, String executor, CommitOutcome outcome) {
    span.setAttribute("windrow.task", task.id());
    span.setAttribute("windrow.pool", task.pool());
    span.setAttribute("windrow.queue", task.queue());
    span.setAttribute("windrow.attempt", task.attempt());
    span.setAttribute("windrow.executor", executor);
    span.setAttribute("windrow.outcome", outcome.word());
    if (outcome == CommitOutcome.FAILED || outcome == CommitOutcome.RETRY) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  private TaskExecutor choose(Work work) {
    return executors.stream()
        .filter(executor -> executor.accepts(work.definition()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "this worker has no executor for the task; windrow.worker.executors enables "
                        + executors.stream().map(TaskExecutor::name).toList()));
  }

  private CommitOutcome attempt(
      TaskExecutor executor, Work work, HeldLease lease, AttemptRecorder recorder)
      throws Exception {
    recorder.begin(tags, clock.instant());
    Map<String, Double> last = executor.execute(work, recorder, lease);
    if (executor.name().equals(NativeExecutor.NAME)) {
      metrics.phases(work.definition(), last);
    }
    return lease.held()
        ? committer.commit(recorder, new Outcome.Succeeded(last))
        : committer.discard(lease);
  }

  private CommitOutcome commitFailure(HeldLease lease, AttemptRecorder recorder, Throwable error) {
    try {
      StopReason stop = lease.stopReason();
      if (stop == null) {
        Outcome.Failed failed = classifier.classify(error);
        logFailure(lease.claim(), failed, error);
        return fail(lease.claim(), recorder, failed, FailureCause.of(error, failed.errorClass()));
      }
      return switch (stop) {
        case DRAINING ->
            committer.commit(recorder, new Outcome.HandedBack("the worker is shutting down"));
        case TIMED_OUT ->
            fail(lease.claim(), recorder, timedOut(lease.claim().task()), FailureCause.TIMEOUT);
        case LOST, SILENT -> committer.discard(lease);
      };
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("taskId", lease.claim().task().id())
          .addKeyValue("version", lease.claim().version())
          .setCause(e)
          .log("outcome not recorded, the lease will settle it");
      return CommitOutcome.ABANDONED;
    }
  }

  private CommitOutcome fail(
      Claim claim, AttemptRecorder recorder, Outcome.Failed failed, FailureCause cause) {
    CommitOutcome outcome = committer.commit(recorder, failed);
    if (outcome == CommitOutcome.FAILED || outcome == CommitOutcome.RETRY) {
      metrics.failed(claim.task().queue(), failed.kind(), cause);
    }
    return outcome;
  }

  private static Outcome.Failed timedOut(Task task) {
    return new Outcome.Failed(
        FailureKind.RETRYABLE,
        FailureClassifier.TIMED_OUT,
        "stopped after its time-out of " + task.terms().timeout(),
        "");
  }

  private static void logFailure(Claim claim, Outcome.Failed failed, Throwable error) {
    log.atWarn()
        .addKeyValue("taskId", claim.task().id())
        .addKeyValue("version", claim.version())
        .addKeyValue("attempt", claim.task().attempt())
        .addKeyValue("kind", failed.kind())
        .addKeyValue("error", error.toString())
        .log("attempt failed");
  }
}
