package io.windrow.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** Told of each Kafka client that takes the settings which name it. */
public final class SeenClients implements MetricsReporter {
  /** A setting that only {@code spring.kafka.properties} has. */
  static final String MARK = "windrow.test.mark";

  private static final Map<String, String> SEEN = new ConcurrentSkipListMap<>();

  /** Security protocol and group by client id. */
  static Map<String, String> all() {
    return Map.copyOf(SEEN);
  }

  static void forget() {
    SEEN.clear();
  }

  @Override
  public void configure(Map<String, ?> settings) {
    if (settings.containsKey(MARK)) {
      SEEN.put(
          String.valueOf(settings.get("client.id")),
          settings.get("security.protocol") + " " + settings.get("group.id"));
    }
  }

  @Override
  public void init(List<KafkaMetric> metrics) {}

  @Override
  public void metricChange(KafkaMetric metric) {}

  @Override
  public void metricRemoval(KafkaMetric metric) {}

  @Override
  public void close() {}
}
