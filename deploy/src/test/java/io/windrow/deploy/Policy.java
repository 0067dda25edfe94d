package io.windrow.deploy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What must hold among the objects of one cluster beyond what a schema can say. Each policy answers
 * with what is wrong, in words for whoever wrote the manifest.
 */
enum Policy {
  RESOURCES(PodPolicies::resources),
  PROBES(PodPolicies::probes),
  SECURITY(PodPolicies::security),
  IMAGES(PodPolicies::images),
  SPREAD(PodPolicies::spread),
  SELECTORS(LinkPolicies::selectors),
  PORTS(LinkPolicies::ports),
  REFERENCES(LinkPolicies::references),
  DISRUPTION(LinkPolicies::disruption),
  ENVIRONMENT(SettingPolicies::environment),
  GRACE(SettingPolicies::grace),
  NETWORK(NetworkPolicies::network),
  QUEUES(QueuePolicies::queues),
  SCALING(QueuePolicies::scaling);

  private final Function<Cluster, Stream<String>> check;

  Policy(Function<Cluster, Stream<String>> check) {
    this.check = check;
  }

  List<String> complaints(List<Manifest> objects) {
    return check.apply(new Cluster(objects)).toList();
  }

  static Stream<String> unless(boolean good, String complaint) {
    return good ? Stream.empty() : Stream.of(complaint);
  }
}
