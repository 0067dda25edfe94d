package io.windrow.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.unit.DataSize;

class CollectorPropertiesTest {

  @Test
  void hasTheDefaultsThatTheYamlTells() throws Exception {
    EnumerablePropertySource<?> yaml =
        (EnumerablePropertySource<?>)
            new YamlPropertySourceLoader()
                .load("collector", new ClassPathResource("collector.yml"))
                .get(0);
    Map<String, Object> told = new HashMap<>();
    for (String name : yaml.getPropertyNames()) {
      told.put(name, yaml.getProperty(name));
    }

    assertThat(bind(told)).isEqualTo(bind(Map.of()));
    assertThat(told.keySet().stream().filter(key -> key.startsWith("windrow.collector.")))
        .hasSize(CollectorProperties.class.getRecordComponents().length);
  }

  @Test
  void bindsEveryKey() {
    CollectorProperties bound =
        bind(
            Map.of(
                "windrow.collector.group", "g",
                "windrow.collector.batch", "7",
                "windrow.collector.retry-up-to", "1s",
                "windrow.collector.reconcile-every", "2s",
                "windrow.collector.fold-every", "8s",
                "windrow.collector.lag-every", "3s",
                "windrow.collector.store-timeout", "4s",
                "windrow.collector.series-cache", "5MB",
                "windrow.collector.parallel-fetches", "6"));

    assertThat(bound)
        .isEqualTo(
            new CollectorProperties(
                "g",
                7,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(8),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                DataSize.ofMegabytes(5),
                6));
  }

  @ParameterizedTest
  @CsvSource({
    "group, ''",
    "batch, 0",
    "batch, 10001",
    "retry-up-to, 0s",
    "reconcile-every, -1s",
    "lag-every, 0s",
    "store-timeout, 0s",
    "series-cache, -1MB",
    "parallel-fetches, 65"
  })
  void namesTheKeyOfABadValue(String key, String value) {
    assertThatThrownBy(() -> bind(Map.of("windrow.collector." + key, value)))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining("windrow.collector." + key);
  }

  private static CollectorProperties bind(Map<String, Object> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("windrow.collector", CollectorProperties.class);
  }
}
