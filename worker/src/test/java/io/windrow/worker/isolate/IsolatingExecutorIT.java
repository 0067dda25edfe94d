package io.windrow.worker.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.EngineSettings;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.quant.run.RunRecorder;
import io.windrow.task.FailureKind;
import io.windrow.task.Isolation;
import io.windrow.task.Outcome;
import io.windrow.worker.execute.ClassifiedFailure;
import io.windrow.worker.execute.FailureClassifier;
import io.windrow.worker.execute.NativeExecutor;
import io.windrow.worker.execute.NoopExecutor;
import io.windrow.worker.execute.SmallMarket;
import io.windrow.worker.execute.TaskExecutor;
import io.windrow.worker.execute.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The executor with real Java processes. */
class IsolatingExecutorIT {
  private static final Duration SOON = Duration.ofMinutes(3);

  private final AtomicBoolean cancelled = new AtomicBoolean();

  @Test
  void a_run_hands_over_what_it_would_inside() throws Exception {
    Recorded recorded = new Recorded();

    Map<String, Double> metrics =
        noop(Duration.ofSeconds(5))
            .execute(work(noop(Map.of("artifact_kb", 1))), recorded, Cancellation.NONE);

    assertThat(metrics).containsKeys("time.noop", "allocated");
    assertThat(recorded.metrics).containsKey("time.noop@0");
    assertThat(recorded.artifacts.get("noop.txt")).asString().isEqualTo("attempt 1\n");
  }

  @Test
  void a_crash_of_native_code_is_named_by_its_signal_and_shows_where() {
    Outcome.Failed segv = crash("segv");
    assertThat(segv.kind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(segv.errorClass()).isEqualTo("NativeCrash");
    assertThat(segv.message()).contains("SIGSEGV");
    assertThat(segv.logTail()).contains("Problematic frame", "com_sun_jna_Native");

    Outcome.Failed abort = crash("abort");
    assertThat(abort.errorClass()).isEqualTo("NativeCrash");
    assertThat(abort.message()).contains("SIGABRT");
  }

  @Test
  void a_heap_used_up_says_how_large_it_was() {
    Outcome.Failed failed = crash("oom");

    assertThat(failed.kind()).isEqualTo(FailureKind.RETRYABLE);
    assertThat(failed.errorClass()).isEqualTo("OutOfMemory");
    assertThat(failed.message()).contains("256 MB", "windrow.worker.isolation.heap");
  }

  @Test
  void an_end_without_a_word_shows_the_exit_code() {
    Outcome.Failed failed = crash("exit");

    assertThat(failed.errorClass()).isEqualTo("ProcessEnded");
    assertThat(failed.message()).contains("exit code 7");
  }

  @Test
  void a_failure_means_what_it_would_inside() {
    Outcome.Failed fatal = failure(noop(Map.of("fail", "fatal")));
    assertThat(fatal.kind()).isEqualTo(FailureKind.FATAL);
    assertThat(fatal.errorClass()).isEqualTo("IllegalArgumentException");
    assertThat(fatal.message()).contains("asked to fail for good");

    assertThat(failure(noop(Map.of("fail", "retryable"))).errorClass()).isEqualTo("IOException");
  }

  @Test
  void inside_of_a_worker_nothing_crashes() {
    Work work = Work.of(noop(Map.of("crash", "segv")), 1);

    assertThat(
            catchThrowable(
                () -> noop(Duration.ZERO).execute(work, new Recorded(), Cancellation.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("windrow.isolation: process");
  }

  @Test
  void a_cancelled_run_stops_in_good_order_and_a_lost_one_at_once() throws Exception {
    CompletableFuture<@Nullable Throwable> told = sleeping(Duration.ofDays(1), false);
    cancelled.set(true);
    assertThat(told.get(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            ClassifiedFailure.class,
            e -> assertThat(e.outcome().errorClass()).isEqualTo("CancellationException"));

    cancelled.set(false);
    CompletableFuture<@Nullable Throwable> lost = sleeping(Duration.ofDays(1), true);
    cancelled.set(true);
    assertThat(lost.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    await().atMost(SOON).until(() -> children() == 0);
  }

  @Test
  void the_process_ends_when_its_worker_is_gone() throws Exception {
    IsolationSettings settings = settings(Duration.ofSeconds(5));
    try (Child child = Child.start(settings)) {
      Message.Engine none = new Message.Engine(1, 0, null, 0, List.of());
      Message.Job job = new Message.Job("noop", work(noop(Map.of("sleep_ms", 3_600_000))), none);
      Recorded recorded = new Recorded();
      var unused =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowable(
                      () -> child.run(job, ArtifactSource.NONE, recorded, Cancellation.NONE)));
      await().atMost(SOON).until(() -> children() == 1);

      child.closeInput(); // as the system does for a worker that was killed

      await().atMost(SOON).until(() -> children() == 0);
    }
  }

  @Test
  void lightgbm_predicts_the_same_bytes(@TempDir Path root) throws Exception {
    SmallMarket.write(root.resolve("market"));
    Map<String, Object> kwargs =
        Map.of("loss", "mse", "num_leaves", 15, "num_boost_round", 20, "seed", 7);
    Map<String, Object> definition =
        SmallMarket.definition(
            SmallMarket.part("LGBModel", "qlib.contrib.model.gbdt", kwargs), "market");
    NativeExecutor inside =
        new NativeExecutor(
            new ResearchEngine(new EngineSettings(1, 64 << 20, List.of(root))),
            ArtifactSource.NONE);
    Recorded shared = new Recorded();
    Map<String, Double> sharedMetrics =
        inside.execute(Work.of(definition, 1), shared, Cancellation.NONE);
    Recorded own = new Recorded();

    Map<String, Double> ownMetrics =
        isolating(inside, Duration.ofSeconds(5), List.of(root), ArtifactSource.NONE)
            .execute(work(definition), own, Cancellation.NONE);

    assertThat(own.artifacts.keySet()).isEqualTo(shared.artifacts.keySet()).contains("pred.arrow");
    for (String path : List.of("pred.arrow", "label.arrow", "model.txt")) {
      assertThat(own.artifacts.get(path)).as(path).isEqualTo(shared.artifacts.get(path));
    }
    assertThat(own.params).isEqualTo(shared.params);
    assertThat(ownMetrics.keySet()).isEqualTo(sharedMetrics.keySet());
    assertThat(ownMetrics.get("IC")).isEqualTo(sharedMetrics.get("IC"));
  }

  @Test
  void a_reference_is_read_by_the_worker_whose_error_counts(@TempDir Path root) {
    SmallMarket.write(root.resolve("market"));
    Map<String, Object> definition =
        new LinkedHashMap<>(SmallMarket.definition(Map.of(), "market"));
    definition.put("model", "<recorder:" + "0".repeat(32) + ">");
    ArtifactSource none =
        (reference, where, names) -> {
          throw new DefinitionException(where, "there is no " + reference);
        };
    NativeExecutor inside =
        new NativeExecutor(
            new ResearchEngine(new EngineSettings(1, 64 << 20, List.of(root))), none);

    Throwable error =
        catchThrowable(
            () ->
                isolating(inside, Duration.ofSeconds(5), List.of(root), none)
                    .execute(work(definition), new Recorded(), Cancellation.NONE));

    assertThat(error)
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("there is no <recorder:" + "0".repeat(32));
  }

  private CompletableFuture<@Nullable Throwable> sleeping(Duration grace, boolean urgent) {
    Cancellation cancellation =
        new Cancellation() {
          @Override
          public boolean requested() {
            return cancelled.get();
          }

          @Override
          public boolean urgent() {
            return urgent && requested();
          }
        };
    CompletableFuture<@Nullable Throwable> ended =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowable(
                    () ->
                        noop(grace)
                            .execute(
                                work(noop(Map.of("sleep_ms", 3_600_000))),
                                new Recorded(),
                                cancellation)));
    await().atMost(SOON).until(() -> children() == 1);
    return ended;
  }

  private static Outcome.Failed crash(String how) {
    return failure(noop(Map.of("crash", how)));
  }

  private static Outcome.Failed failure(Map<String, Object> definition) {
    Throwable error =
        catchThrowable(
            () ->
                noop(Duration.ofSeconds(5))
                    .execute(work(definition), new Recorded(), Cancellation.NONE));
    assertThat(error).isNotNull();
    await().atMost(SOON).until(() -> children() == 0);
    return new FailureClassifier().classify(error);
  }

  private static TaskExecutor noop(Duration grace) {
    return isolating(new NoopExecutor(), grace, List.of(), ArtifactSource.NONE);
  }

  private static TaskExecutor isolating(
      TaskExecutor inside, Duration grace, List<Path> roots, ArtifactSource artifacts) {
    return new IsolatingExecutor(inside, settings(grace), 1, Optional.empty(), roots, artifacts);
  }

  private static IsolationSettings settings(Duration grace) {
    return new IsolationSettings(DataSize.ofMegabytes(256), grace, DataSize.ofMegabytes(64));
  }

  private static Map<String, Object> noop(Map<String, Object> wish) {
    return Map.of("noop", wish);
  }

  private static Work work(Map<String, Object> definition) {
    return new Work(definition, 1, "", List.of(), Isolation.PROCESS);
  }

  /** Living processes of attempts. */
  private static long children() {
    return ProcessHandle.current().descendants().count();
  }

  /** Remembers what a run handed over. */
  private static final class Recorded implements RunRecorder {
    final Map<String, String> params = new ConcurrentHashMap<>();
    final Map<String, Double> metrics = new ConcurrentHashMap<>();
    final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();

    @Override
    public void param(String name, String value) {
      params.put(name, value);
    }

    @Override
    public void metric(String name, int step, double value) {
      metrics.put(name + "@" + step, value);
    }

    @Override
    public void artifact(String path, byte[] bytes) {
      artifacts.put(path, bytes);
    }
  }
}
