package io.windrow.meter;

import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every role leaves out of its meters, so that a scrape stays small. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsProperties.class)
public class MeterConfiguration {

  /**
   * Differ in every process, or never say anything new: the driver's number of a cluster, the
   * client's version, the name of a factory that nobody gave a name.
   */
  private static final String[] TAGS = {"cluster.id", "kafka.version", "spring.id"};

  /** Nobody has asked about these, or they are told twice. */
  private static final List<String> LEFT_OUT =
      List.of(
          "spring.kafka.",
          "executor.",
          "application.",
          "http.server.requests.active",
          // Each broker by its number and each topic by its name; their sums are elsewhere.
          "kafka.producer.node.",
          "kafka.producer.topic.",
          "kafka.consumer.node.",
          "kafka.app.info.");

  /** A meter of the client beside which there is a total, from which a rate is had. */
  private static final List<String> CLIENT_RATES =
      List.of(".rate", ".rate.per.hour", ".time.ns.total", ".ratio");

  /** More addresses than the APIs have. */
  private static final int MOST_ADDRESSES = 150;

  @Bean
  MeterFilter withoutTagsOfNoUse() {
    return MeterFilter.ignoreTags(TAGS);
  }

  @Bean
  MeterFilter withoutMetersOfNoUse() {
    return MeterFilter.deny(id -> LEFT_OUT.stream().anyMatch(id.getName()::startsWith));
  }

  @Bean
  MeterFilter withoutRatesOfClients() {
    return MeterFilter.deny(
        id ->
            (id.getName().startsWith("kafka.producer.")
                    || id.getName().startsWith("kafka.consumer."))
                && CLIENT_RATES.stream().anyMatch(id.getName()::endsWith));
  }

  /** The consumer tells partitions apart; how far it is behind is {@code windrow.collector.lag}. */
  @Bean
  MeterFilter withoutPartitions() {
    return MeterFilter.deny(
        id ->
            id.getName().startsWith("kafka.consumer.fetch.manager.")
                && (id.getTag("partition") != null || id.getTag("topic") != null));
  }

  /** Patterns of handlers, and whatever a library may put there instead. */
  @Bean
  MeterFilter boundedAddresses() {
    return MeterFilter.maximumAllowableTags(
        "http.server.requests", "uri", MOST_ADDRESSES, MeterFilter.deny());
  }
}
