package io.windrow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where nothing may talk unless it is said, what must talk may. */
final class NetworkPolicies {
  /** Where NodeLocal DNSCache listens on each machine, as its own manifest has it. */
  private static final String NODE_LOCAL_DNS = "169.254.20.10/32";

  private NetworkPolicies() {}

  static Stream<String> network(Cluster cluster) {
    List<Manifest> policies =
        cluster.objects().stream().filter(object -> object.is("NetworkPolicy")).toList();
    if (policies.stream().noneMatch(policy -> policy.name().equals("default-deny"))) {
      return Stream.empty();
    }
    List<String> complaints = new ArrayList<>();
    for (Manifest policy : policies) {
      if (policy.name().equals("default-deny")) {
        if (!policy.at("/spec/podSelector").isEmpty()
            || !policy.at("/spec/policyTypes").toString().equals("[\"Ingress\",\"Egress\"]")
            || policy.at("/spec").has("ingress")
            || policy.at("/spec").has("egress")) {
          complaints.add(policy + ": does not deny all, both ways");
        }
        continue;
      }
      for (JsonNode rule : policy.at("/spec/ingress")) {
        if (rule.path("from").isEmpty() || rule.path("ports").isEmpty()) {
          complaints.add(policy + ": lets everybody in, or to every port");
        }
        cluster
            .selected(policy.at("/spec/podSelector"))
            .filter(Manifest::isRole)
            .forEach(
                workload ->
                    Manifest.each(rule.path("ports"))
                        .map(port -> port.path("port").asText())
                        .filter(port -> !port.matches("\\d+"))
                        .filter(port -> !workload.ports().containsKey(port))
                        .forEach(
                            port ->
                                complaints.add(policy + ": " + workload + " has no port " + port)));
      }
    }
    if (policies.stream()
        .flatMap(policy -> Manifest.each(policy.at("/spec/egress")))
        .flatMap(rule -> Manifest.each(rule.path("to")))
        .noneMatch(to -> to.at("/ipBlock/cidr").asText().equals(NODE_LOCAL_DNS))) {
      complaints.add("nobody may ask NodeLocal DNSCache, " + NODE_LOCAL_DNS);
    }
    for (Manifest workload : cluster.roles().toList()) {
      for (String port : workload.ports().keySet()) {
        boolean open =
            policies.stream()
                .filter(policy -> workload.isSelectedBy(policy.at("/spec/podSelector")))
                .flatMap(policy -> Manifest.each(policy.at("/spec/ingress")))
                .flatMap(rule -> Manifest.each(rule.path("ports")))
                .anyMatch(each -> each.path("port").asText().equals(port));
        if (!open) {
          complaints.add(workload + ": nobody may reach its port " + port);
        }
      }
      List<String> mayCall =
          policies.stream()
              .filter(policy -> workload.isSelectedBy(policy.at("/spec/podSelector")))
              .flatMap(policy -> Manifest.each(policy.at("/spec/egress")))
              .flatMap(rule -> Manifest.each(rule.path("ports")))
              .map(port -> port.path("port").asText())
              .toList();
      for (String port : needs(cluster, workload)) {
        if (!mayCall.contains(port)) {
          complaints.add(workload + ": may not call port " + port + ", which it needs");
        }
      }
    }
    return complaints.stream();
  }

  private static List<String> needs(Cluster cluster, Manifest workload) {
    Map<String, String> environment = cluster.environment(workload.main());
    List<String> ports = new ArrayList<>(List.of("53", "27017"));
    ports.add(
        environment.getOrDefault("SPRING_KAFKA_BOOTSTRAPSERVERS", ":9092").replaceFirst(".*:", ""));
    if (environment.containsKey("WINDROW_COLLECTOR_URL")) {
      ports.add("http");
    }
    return ports;
  }
}
