package io.windrow.deploy;

import java.util.List;
import java.util.stream.Stream;

/**
 * What must hold among the objects of one cluster beyond what a schema can say. Each policy answers
 * with what is wrong, in words for whoever wrote the manifest.
 */
enum Policy {
  RESOURCES,
  PROBES,
  SECURITY,
  IMAGES,
  SPREAD,
  SELECTORS,
  PORTS,
  REFERENCES,
  DISRUPTION,
  ENVIRONMENT,
  GRACE,
  FIT,
  NETWORK,
  BROKER,
  QUEUES,
  SCALING;

  List<String> complaints(List<Manifest> objects) {
    Cluster cluster = new Cluster(objects);
    Stream<String> complaints =
        switch (this) {
          case RESOURCES -> PodPolicies.resources(cluster);
          case PROBES -> PodPolicies.probes(cluster);
          case SECURITY -> PodPolicies.security(cluster);
          case IMAGES -> PodPolicies.images(cluster);
          case SPREAD -> PodPolicies.spread(cluster);
          case SELECTORS -> LinkPolicies.selectors(cluster);
          case PORTS -> LinkPolicies.ports(cluster);
          case REFERENCES -> LinkPolicies.references(cluster);
          case DISRUPTION -> LinkPolicies.disruption(cluster);
          case ENVIRONMENT -> SettingPolicies.environment(cluster);
          case GRACE -> SettingPolicies.grace(cluster);
          case FIT -> SettingPolicies.fit(cluster);
          case NETWORK -> NetworkPolicies.network(cluster);
          case BROKER -> BrokerPolicies.broker(cluster);
          case QUEUES -> QueuePolicies.queues(cluster);
          case SCALING -> QueuePolicies.scaling(cluster);
        };
    return complaints.toList();
  }

  static Stream<String> unless(boolean good, String complaint) {
    return good ? Stream.empty() : Stream.of(complaint);
  }
}
