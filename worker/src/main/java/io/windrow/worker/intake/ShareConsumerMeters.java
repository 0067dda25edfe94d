package io.windrow.worker.intake;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.DoubleStream;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.Metric;

/**
 * What the client tells about share consumers, as {@code kafka.share.consumer.*} by queue:
 * Micrometer's own binder knows classic clients only. A queue's consumers are told together. One
 * that was closed is told until another takes its place, which counts from 0: for Prometheus a
 * counter that was reset.
 */
public final class ShareConsumerMeters {
  private static final String PREFIX = "kafka.share.consumer.";
  private static final String TOTAL = "-total";
  private static final Set<String> OF_THE_CLIENT = Set.of("client-id");

  private static final List<String> COUNTERS =
      List.of(
          "records-consumed-total",
          "bytes-consumed-total",
          "fetch-total",
          "acknowledgements-send-total",
          "acknowledgements-error-total",
          "rebalance-total",
          "connection-creation-total");

  private static final List<String> LATENCIES = List.of("fetch-latency-avg", "fetch-latency-max");

  private final MeterRegistry meters;
  private final Map<String, Members> queues = new ConcurrentHashMap<>();

  public ShareConsumerMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** The consumers of a queue by how many records a poll brings. */
  private static final class Members {
    private final Map<Integer, ShareConsumer<?, ?>> consumers = new ConcurrentHashMap<>();

    DoubleStream values(String metric) {
      return consumers.values().stream()
          .flatMap(consumer -> consumer.metrics().values().stream())
          .filter(each -> isOfClient(each, metric))
          .map(Metric::metricValue)
          .filter(Double.class::isInstance)
          .mapToDouble(Double.class::cast)
          .filter(Double::isFinite);
    }

    private static boolean isOfClient(Metric each, String metric) {
      return each.metricName().name().equals(metric)
          && OF_THE_CLIENT.containsAll(each.metricName().tags().keySet());
    }
  }

  /**
   * Shows a consumer's figures.
   *
   * @param most records per poll
   * @return the consumer
   */
  <K, V> ShareConsumer<K, V> watched(String queue, int most, ShareConsumer<K, V> consumer) {
    queues.computeIfAbsent(queue, this::register).consumers.put(most, consumer);
    return consumer;
  }

  private Members register(String queue) {
    Members members = new Members();
    for (String metric : COUNTERS) {
      String name = metric.substring(0, metric.length() - TOTAL.length());
      FunctionCounter.builder(PREFIX + dotted(name), members, each -> each.values(metric).sum())
          .description("Of the Kafka client: " + metric)
          .tag("queue", queue)
          .register(meters);
    }
    for (String metric : LATENCIES) {
      Gauge.builder(PREFIX + dotted(metric), members, each -> each.values(metric).max().orElse(0))
          .description("Of the Kafka client: " + metric + ", of the slowest consumer")
          .baseUnit(BaseUnits.MILLISECONDS)
          .tag("queue", queue)
          .register(meters);
    }
    Gauge.builder(
            PREFIX + "connection.count", members, each -> each.values("connection-count").sum())
        .description("Of the Kafka client: connection-count")
        .tag("queue", queue)
        .register(meters);
    Gauge.builder(
            PREFIX + "last.poll.ago",
            members,
            each -> each.values("last-poll-seconds-ago").min().orElse(0))
        .description("Since the last poll; a worker whose slots are all busy does not poll")
        .baseUnit("seconds")
        .tag("queue", queue)
        .register(meters);
    return members;
  }

  private static String dotted(String name) {
    return name.replace('-', '.');
  }
}
