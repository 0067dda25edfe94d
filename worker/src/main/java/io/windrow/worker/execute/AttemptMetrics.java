package io.windrow.worker.execute;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.windrow.quant.model.Models;
import io.windrow.task.FailureKind;
import io.windrow.worker.commit.CommitOutcome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What attempts took and how they ended. Failed attempts = {@code windrow.task.failures} = those of
 * {@code windrow.task.execution} with the outcome {@code failed} or {@code retry}.
 */
final class AttemptMetrics {
  private static final String NO_MODEL = "none";
  private static final String SECONDS = "time.";

  /** What the engine measures; a model that was read has {@code load} instead of {@code train}. */
  private static final List<String> PHASES =
      List.of("features", "train", "load", "predict", "record");

  private record Execution(String queue, String executor, CommitOutcome outcome) {}

  private record Failure(String queue, FailureKind kind, FailureCause cause) {}

  private record Phase(String phase, String model) {}

  private final MeterRegistry meters;
  private final Map<Execution, Timer> executions = new ConcurrentHashMap<>();
  private final Map<Failure, Counter> failures = new ConcurrentHashMap<>();
  private final Map<Phase, Timer> phases = new ConcurrentHashMap<>();

  AttemptMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Shows, at 0, what may happen on these queues: an alert needs a value to see an increase. */
  void know(Collection<String> queues, Collection<String> executors) {
    for (String queue : queues) {
      for (CommitOutcome outcome : CommitOutcome.values()) {
        executors.forEach(executor -> execution(new Execution(queue, executor, outcome)));
      }
      for (FailureCause cause : FailureCause.values()) {
        for (FailureKind kind : FailureKind.values()) {
          failure(new Failure(queue, kind, cause));
        }
      }
    }
  }

  void ended(String queue, String executor, CommitOutcome outcome, Duration took) {
    execution(new Execution(queue, executor, outcome)).record(took);
  }

  void failed(String queue, FailureKind kind, FailureCause cause) {
    failure(new Failure(queue, kind, cause)).increment();
  }

  /**
   * Where the time of a native task went.
   *
   * @param metrics of the run
   */
  void phases(Map<String, Object> definition, Map<String, Double> metrics) {
    String model = Models.nameIn(definition).orElse(NO_MODEL);
    for (String phase : PHASES) {
      Double seconds = metrics.get(SECONDS + phase);
      if (seconds != null) {
        phase(new Phase(phase, model)).record(Duration.ofNanos((long) (seconds * 1e9)));
      }
    }
  }

  private Timer execution(Execution of) {
    return executions.computeIfAbsent(
        of,
        each ->
            Timer.builder("windrow.task.execution")
                .description("Attempts from claim to recorded outcome")
                .tag("queue", each.queue())
                .tag("executor", each.executor())
                .tag("outcome", each.outcome().word())
                .register(meters));
  }

  private Counter failure(Failure of) {
    return failures.computeIfAbsent(
        of,
        each ->
            Counter.builder("windrow.task.failures")
                .description("Attempts that failed, by what of")
                .tag("queue", each.queue())
                .tag("kind", each.kind().name().toLowerCase(Locale.ROOT))
                .tag("cause", each.cause().word())
                .register(meters));
  }

  private Timer phase(Phase of) {
    return phases.computeIfAbsent(
        of,
        each ->
            Timer.builder("windrow.task.phase")
                .description("Phases of native tasks that succeeded")
                .tag("phase", each.phase())
                .tag("model", each.model())
                .register(meters));
  }
}
