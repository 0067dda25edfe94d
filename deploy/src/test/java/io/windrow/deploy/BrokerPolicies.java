package io.windrow.deploy;

import static io.windrow.deploy.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** What Strimzi's broker keeps, and from whom: its models know no key of its configuration. */
final class BrokerPolicies {
  /** The topics that Kafka makes itself, as Kafka names their replicas. */
  private static final List<String> OWN_TOPICS =
      List.of("transaction.state.log.", "share.coordinator.state.topic.");

  private BrokerPolicies() {}

  /** Nobody is let in unnamed, and each record outlives any one broker. */
  static Stream<String> broker(Cluster cluster) {
    return cluster.objects().stream()
        .filter(object -> object.is("Kafka"))
        .flatMap(
            kafka ->
                Stream.concat(access(kafka), copies(cluster, kafka))
                    .map(complaint -> kafka + ": " + complaint));
  }

  private static Stream<String> access(Manifest kafka) {
    return Stream.concat(
        Manifest.each(kafka.at("/spec/kafka/listeners"))
            .filter(
                listener ->
                    !listener.path("tls").asBoolean(false)
                        || listener.at("/authentication/type").asText().isEmpty())
            .map(listener -> "the listener " + listener.path("name").asText() + " is open"),
        unless(
            kafka.at("/spec/kafka/authorization/type").asText().equals("simple"),
            "whoever is let in may do everything"));
  }

  private static Stream<String> copies(Cluster cluster, Manifest kafka) {
    JsonNode config = kafka.at("/spec/kafka/config");
    int brokers =
        cluster.objects().stream()
            .filter(object -> object.is("KafkaNodePool"))
            .filter(
                pool ->
                    pool.at("/metadata/labels/strimzi.io~1cluster").asText().equals(kafka.name()))
            .filter(
                pool ->
                    Manifest.each(pool.at("/spec/roles"))
                        .anyMatch(role -> role.asText().equals("broker")))
            .mapToInt(pool -> pool.at("/spec/replicas").asInt())
            .sum();
    Stream<String> roles =
        cluster
            .roles()
            .filter(
                workload ->
                    !cluster
                        .environment(workload.main())
                        .getOrDefault("WINDROW_TOPICS_REPLICATION", "1")
                        .equals("3"))
            .map(workload -> workload + " makes topics without three copies");
    return Stream.of(
            unless(brokers >= 3, "three copies of a record want three brokers, not " + brokers),
            Stream.concat(Stream.of("default.", "offsets.topic."), OWN_TOPICS.stream())
                .map(prefix -> prefix + "replication.factor")
                .filter(key -> config.path(key).asInt(1) != 3)
                .map(key -> key + " is not 3"),
            Stream.concat(
                    Stream.of("min.insync.replicas"),
                    OWN_TOPICS.stream().map(prefix -> prefix + "min.isr"))
                .filter(key -> config.path(key).asInt(1) != 2)
                .map(key -> key + " is not 2: one broker away, and all is lost or stands still"),
            roles)
        .flatMap(complaint -> complaint);
  }
}
