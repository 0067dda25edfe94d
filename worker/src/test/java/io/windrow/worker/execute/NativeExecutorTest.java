package io.windrow.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.message.TaskFinished;
import io.windrow.quant.dataset.CacheSettings;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.EngineSettings;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.task.TaskState;
import io.windrow.trace.Traces;
import io.windrow.worker.ScriptedStore;
import io.windrow.worker.commit.OutcomeCommitter;
import io.windrow.worker.commit.StoreRetry;
import io.windrow.worker.lease.LeaseKeeper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task of the real engine, from claim to recorded outcome, on a small market of random walks. */
class NativeExecutorTest {
  @TempDir static Path root;

  @BeforeAll
  static void writeMarket() {
    SmallMarket.write(root.resolve("market"));
  }

  @Test
  void a_definition_becomes_artifacts_metrics_and_a_result() {
    ScriptedStore store = run(definition("LinearModel", "market"));

    assertThat(store.task().state()).isEqualTo(TaskState.DONE);
    String recorder = store.task().result().recorder();
    assertThat(store.artifacts.get(recorder))
        .containsKeys(
            "model.json",
            "pred.arrow",
            "label.arrow",
            "sig_analysis/ic.arrow",
            "sig_analysis/long_short.arrow",
            "portfolio_analysis/report_normal_1day.arrow",
            "portfolio_analysis/positions_normal_1day.arrow",
            "task.json");
    TaskFinished finished = store.published.get(0);
    assertThat(finished.metrics())
        .containsKeys("IC", "Rank IC", "time.features", "time.train", "time.commit")
        .containsKeys(
            "Long-Short Ann Return", "1day.excess_return_with_cost.information_ratio", "1day.ffr")
        .containsAllEntriesOf(store.task().result().metrics());
    assertThat(store.metrics).containsKeys("IC", "time.commit");
  }

  @Test
  void a_class_outside_the_list_fails_for_good() {
    ScriptedStore store = run(definition("Runtime", "market"));

    assertThat(store.task().state()).isEqualTo(TaskState.FAILED);
  }

  @Test
  void data_outside_the_roots_fails_for_good() {
    ScriptedStore store = run(definition("LinearModel", "../../etc"));

    assertThat(store.task().state()).isEqualTo(TaskState.FAILED);
    assertThat(store.artifacts).isEmpty();
  }

  @Test
  void the_figures_of_the_cache_add_up(@TempDir Path files) {
    CacheSettings cache =
        new CacheSettings(64 << 20, Optional.of(new CacheSettings.Files(files, 64 << 20)));
    EngineSettings settings = new EngineSettings(1, cache, List.of(root));
    ResearchEngine engine = new ResearchEngine(settings);
    SimpleMeterRegistry first = shown(engine);
    run(definition("LinearModel", "market"), engine);
    run(definition("LinearModel", "market"), engine);

    // Features and labels are asked for once, and twice for what processors make of them.
    assertThat(requests(first)).containsExactly(1.0, 0.0, 3.0);
    assertThat(count(first, "files", "result", "written")).isEqualTo(3);
    assertThat(size(first, "memory")).isEqualTo((double) engine.cache().bytes()).isPositive();
    assertThat(size(first, "disk")).isEqualTo((double) engine.cache().fileBytes()).isPositive();

    ResearchEngine restarted = new ResearchEngine(settings);
    SimpleMeterRegistry second = shown(restarted);
    run(definition("LinearModel", "market"), restarted);
    assertThat(requests(second)).containsExactly(0.0, 3.0, 0.0);
    assertThat(count(second, "files", "result", "failed")).isZero();
  }

  private static SimpleMeterRegistry shown(ResearchEngine engine) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    FeatureMetrics.register(engine.cache(), meters);
    return meters;
  }

  private static List<Double> requests(SimpleMeterRegistry meters) {
    return Stream.of("hit", "file_hit", "miss")
        .map(result -> count(meters, "requests", "result", result))
        .toList();
  }

  private static double count(SimpleMeterRegistry meters, String name, String... tags) {
    return meters.get("windrow.features.cache." + name).tags(tags).functionCounter().count();
  }

  private static double size(SimpleMeterRegistry meters, String place) {
    return meters.get("windrow.features.cache.size").tag("place", place).gauge().value();
  }

  private static ScriptedStore run(Map<String, Object> definition) {
    return run(definition, new ResearchEngine(new EngineSettings(1, 64 << 20, List.of(root))));
  }

  private static ScriptedStore run(Map<String, Object> definition, ResearchEngine engine) {
    ScriptedStore store = new ScriptedStore(ScriptedStore.running(definition));
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Duration lease = Duration.ofSeconds(15);
    new AttemptRunner(
            List.of(new NativeExecutor(engine, ArtifactSource.NONE)),
            new FailureClassifier(),
            new LeaseKeeper(store.pool(), lease, () -> 0),
            new OutcomeCommitter(
                store.pool(), store, store, store, StoreRetry.within(lease), meters),
            Map.of("worker", "w1"),
            Clock.systemUTC(),
            Traces.OFF,
            meters)
        .run(store.claim(), 0);
    return store;
  }

  private static Map<String, Object> definition(String model, String folder) {
    return SmallMarket.definition(
        SmallMarket.part(
            model, "qlib.contrib.model.linear", Map.of("estimator", "ridge", "alpha", 1.0)),
        folder);
  }
}
