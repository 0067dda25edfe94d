package io.windrow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.dataset.CacheSettings;
import io.windrow.worker.intake.TaskSources;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class WorkerPropertiesTest {

  @Test
  void defaults() {
    WorkerProperties properties = bind(Map.of());

    assertThat(properties.name()).contains(Long.toString(ProcessHandle.current().pid()));
    assertThat(properties.queues()).containsExactly("default");
    assertThat(properties.slots()).isEqualTo(1);
    assertThat(properties.threadsPerSlot()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(properties.executors()).containsExactly("native");
    assertThat(properties.source()).isEqualTo(TaskSources.Kind.SHARE);
    assertThat(properties.drain()).isEqualTo(Duration.ofSeconds(20));
    assertThat(properties.featureCache().toBytes()).isPositive();
    assertThat(properties.cache())
        .isEqualTo(CacheSettings.inMemory(properties.featureCache().toBytes()));
  }

  @Test
  void everything_can_be_set() {
    assertThat(
            bind(
                Map.of(
                    "name", "w7",
                    "queues", "fast,slow",
                    "slots", "4",
                    "threads-per-slot", "2",
                    "executors", "noop,native",
                    "source", "classic",
                    "drain", "5s",
                    "feature-cache", "256MB",
                    "feature-files.folder", "features",
                    "feature-files.max-size", "1GB")))
        .isEqualTo(
            new WorkerProperties(
                "w7",
                List.of("fast", "slow"),
                4,
                2,
                Set.of("noop", "native"),
                TaskSources.Kind.CLASSIC,
                Duration.ofSeconds(5),
                DataSize.ofMegabytes(256),
                new WorkerProperties.FeatureFiles("features", DataSize.ofGigabytes(1)),
                bind(Map.of()).isolation(),
                bind(Map.of()).process()));
  }

  @Test
  void the_names_of_two_workers_differ() {
    assertThat(bind(Map.of("name", "")).name()).isNotEqualTo(bind(Map.of("name", "")).name());
  }

  @ParameterizedTest
  @CsvSource({
    "queues, Bad Queue, queue 'Bad Queue'",
    "slots, 0, windrow.worker.slots",
    "slots, 99999, windrow.worker.slots",
    "threads-per-slot, 0, windrow.worker.threads-per-slot",
    "feature-files.max-size, 0, windrow.worker.feature-files.max-size",
    "executors, shell, shell is not one of",
    "drain, -1s, windrow.worker.drain"
  })
  void nonsense_is_refused_by_name(String key, String value, String message) {
    assertThatThrownBy(() -> bind(Map.of(key, value))).rootCause().hasMessageContaining(message);
  }

  private static WorkerProperties bind(Map<String, String> values) {
    Map<String, String> named = new HashMap<>();
    values.forEach((key, value) -> named.put("windrow.worker." + key, value));
    return new Binder(new MapConfigurationPropertySource(named))
        .bindOrCreate("windrow.worker", WorkerProperties.class);
  }
}
