package io.windrow.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.experiment.Recorder;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.RunRecorder;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import io.windrow.trace.Traces;
import io.windrow.worker.ScriptedStore;
import io.windrow.worker.commit.OutcomeCommitter;
import io.windrow.worker.commit.StoreRetry;
import io.windrow.worker.lease.LeaseKeeper;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptRunnerTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final ScriptedStore store =
      new ScriptedStore(ScriptedStore.running(Map.of("noop", Map.of())));
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final LeaseKeeper leases = new LeaseKeeper(store.pool(), LEASE, nanos::get);

  /** Something that happens while the task runs. */
  private interface Run {
    void during(Cancellation cancellation) throws Exception;
  }

  @Test
  void a_run_that_returns_is_done() {
    run(cancellation -> {});

    assertThat(store.task().state()).isEqualTo(TaskState.DONE);
    assertEnded("done");
  }

  @Test
  void an_error_is_classified() {
    run(
        cancellation -> {
          throw new IllegalArgumentException("no such class");
        });

    assertThat(store.task().state()).isEqualTo(TaskState.FAILED);
    assertEnded("failed");
  }

  @Test
  void running_out_of_memory_is_retried() {
    run(
        cancellation -> {
          throw new OutOfMemoryError("Java heap space");
        });

    assertThat(store.task().state()).isEqualTo(TaskState.WAITING);
    assertEnded("retry");
  }

  @Test
  void a_drained_run_is_handed_back() {
    run(
        cancellation -> {
          leases.drain();
          cancellation.check();
        });

    assertThat(store.task().state()).isEqualTo(TaskState.WAITING);
    assertEnded("handed_back");
  }

  @Test
  void a_run_past_its_time_out_is_a_failed_attempt_with_that_reason() {
    store.terms(new Terms(3, null, Duration.ofSeconds(2)));
    run(
        cancellation -> {
          nanos.set(Duration.ofSeconds(2).toNanos());
          cancellation.check();
          nanos.set(Duration.ofSeconds(2).toNanos() + 1);
          cancellation.check();
        });

    assertThat(store.task().state()).isEqualTo(TaskState.WAITING);
    assertThat(store.failure()).isEqualTo("stopped after its time-out of PT2S");
    assertEnded("retry");
  }

  @Test
  void a_run_that_finishes_while_draining_counts() {
    run(cancellation -> leases.drain());

    assertThat(store.task().state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void the_result_of_a_paused_worker_is_discarded() {
    run(
        cancellation -> {
          store.moveOn(TaskState.WAITING);
          nanos.set(LEASE.toNanos());
        });

    assertThat(store.journal).doesNotContain("commit", "publish");
    assertThat(store.statuses).containsValue(Recorder.Status.FAILED);
    assertEnded("fenced");
  }

  @Test
  void an_artifact_that_cannot_be_stored_costs_one_attempt() {
    store.failing(step -> step.equals("put task.json"));

    run(cancellation -> {});

    assertThat(store.task().state()).isEqualTo(TaskState.WAITING);
    assertEnded("retry");
  }

  private void run(Run body) {
    TaskExecutor executor =
        new TaskExecutor() {
          @Override
          public String name() {
            return "scripted";
          }

          @Override
          public boolean accepts(Map<String, Object> definition) {
            return true;
          }

          @Override
          public Map<String, Double> execute(
              Work work, RunRecorder recorder, Cancellation cancellation) throws Exception {
            body.during(cancellation);
            recorder.artifact("model.txt", new byte[1]);
            return Map.of();
          }
        };
    StoreRetry retry =
        new StoreRetry(
            Duration.ofSeconds(5),
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(50));
    new AttemptRunner(
            List.of(executor),
            new FailureClassifier(),
            leases,
            new OutcomeCommitter(store.pool(), store, store, store, retry, meters),
            Map.of("worker", "w1"),
            Clock.systemUTC(),
            Traces.OFF,
            meters)
        .run(store.claim(), 0);
  }

  private void assertEnded(String outcome) {
    assertThat(
            meters
                .get("windrow.task.execution")
                .tags("queue", "default", "executor", "scripted", "outcome", outcome)
                .timer()
                .count())
        .isEqualTo(1);
  }
}
