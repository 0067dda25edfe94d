package io.windrow.deploy;

import static io.windrow.deploy.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What objects name in each other is there. */
final class LinkPolicies {
  private LinkPolicies() {}

  /** Selectors find pods, and only those that they mean. */
  static Stream<String> selectors(Cluster cluster) {
    List<Manifest> workloads = cluster.objects().stream().filter(Manifest::stays).toList();
    List<String> complaints = new ArrayList<>();
    for (Manifest workload : workloads) {
      Map<String, String> selector = Manifest.texts(workload.at("/spec/selector/matchLabels"));
      if (selector.isEmpty() || !workload.isLabelled(selector)) {
        complaints.add(workload + ": the selector does not match its own pods");
      }
      for (Manifest other : workloads) {
        if (!other.equals(workload) && other.isLabelled(selector)) {
          complaints.add(workload + ": the selector matches pods of " + other + ", too");
        }
      }
    }
    for (Manifest object : cluster.objects()) {
      Map<String, String> selector =
          object.is("Service")
              ? Manifest.texts(object.at("/spec/selector"))
              : object.is("PodDisruptionBudget")
                  ? Manifest.texts(object.at("/spec/selector/matchLabels"))
                  : Map.of();
      if ((object.is("Service") || object.is("PodDisruptionBudget"))
          && workloads.stream().filter(each -> each.isLabelled(selector)).count()
                  + cluster.operated().filter(each -> each.isLabelled(selector)).count()
              != 1) {
        complaints.add(object + ": the selector matches not just one workload: " + selector);
      }
    }
    return complaints.stream();
  }

  /** Ports that are named exist, and containers name those that the role opens. */
  static Stream<String> ports(Cluster cluster) {
    return Stream.of(
            servicePorts(cluster),
            scrapedPorts(cluster),
            unscraped(cluster),
            scrapedEarly(cluster),
            openedPorts(cluster))
        .flatMap(complaint -> complaint);
  }

  private static Stream<String> servicePorts(Cluster cluster) {
    return cluster.objects().stream()
        .filter(object -> object.is("Service"))
        .flatMap(
            service ->
                Manifest.each(service.at("/spec/ports"))
                    .filter(
                        port ->
                            cluster
                                .workloads()
                                .filter(
                                    workload ->
                                        workload.isLabelled(
                                            Manifest.texts(service.at("/spec/selector"))))
                                .noneMatch(
                                    workload ->
                                        workload
                                            .ports()
                                            .getOrDefault(port.path("targetPort").asText(), -1)
                                            .equals(port.path("port").asInt())))
                    .map(port -> service + ": no pod has the port " + port));
  }

  private static Stream<String> scrapedPorts(Cluster cluster) {
    return cluster.objects().stream()
        .filter(object -> object.is("PodMonitor"))
        .flatMap(
            monitor ->
                Manifest.each(monitor.at("/spec/podMetricsEndpoints"))
                    .flatMap(
                        endpoint ->
                            cluster
                                .selected(monitor.at("/spec/selector"))
                                .filter(
                                    workload ->
                                        !workload
                                            .ports()
                                            .containsKey(endpoint.path("port").asText()))
                                .map(workload -> monitor + ": no such port in " + workload)));
  }

  private static Stream<String> unscraped(Cluster cluster) {
    return cluster.objects().stream()
        .filter(object -> object.is("PodMonitor"))
        .flatMap(
            monitor ->
                cluster
                    .roles()
                    .filter(
                        workload ->
                            cluster
                                .selected(monitor.at("/spec/selector"))
                                .noneMatch(workload::equals))
                    .map(workload -> monitor + " does not select " + workload));
  }

  /** A pod that still waits for its image does not answer, and nothing is wrong. */
  private static Stream<String> scrapedEarly(Cluster cluster) {
    return cluster.objects().stream()
        .filter(object -> object.is("PodMonitor"))
        .flatMap(
            monitor ->
                Manifest.each(monitor.at("/spec/podMetricsEndpoints"))
                    .filter(
                        endpoint ->
                            Manifest.each(endpoint.path("relabelings"))
                                .noneMatch(
                                    rule ->
                                        rule.path("action").asText().equals("keep")
                                            && rule.at("/sourceLabels/0")
                                                .asText()
                                                .equals("__meta_kubernetes_pod_phase")
                                            && rule.path("regex").asText().equals("Running")))
                    .map(endpoint -> monitor + ": takes pods for targets that do not run yet"));
  }

  private static Stream<String> openedPorts(Cluster cluster) {
    return cluster
        .workloads()
        .flatMap(
            workload ->
                workload.containers().stream()
                    .filter(Manifest::isRole)
                    .flatMap(
                        container -> {
                          Map<String, String> environment = cluster.environment(container);
                          RoleSettings settings = RoleSettings.of(Manifest.role(container));
                          String server =
                              environment.getOrDefault(
                                  "SERVER_PORT", settings.byDefault("server.port"));
                          String management =
                              environment.getOrDefault("MANAGEMENT_SERVER_PORT", server);
                          Map<String, Integer> named = workload.ports();
                          return Stream.of(
                                  unless(
                                      management.equals(String.valueOf(named.get("management"))),
                                      "the role's health is at " + management),
                                  unless(
                                      server.equals(management)
                                          || server.equals(String.valueOf(named.get("http"))),
                                      "the role's API is at " + server),
                                  unless(
                                      environment
                                          .getOrDefault("SERVER_ADDRESS", "127.0.0.1")
                                          .equals("0.0.0.0"),
                                      "SERVER_ADDRESS is not 0.0.0.0: nobody can connect"))
                              .flatMap(complaint -> complaint)
                              .map(complaint -> workload + ": " + complaint);
                        }));
  }

  /** ConfigMaps, claims and accounts that are named exist; secrets are in {@link Secrets}. */
  static Stream<String> references(Cluster cluster) {
    Set<String> there =
        Set.copyOf(cluster.objects().stream().map(Manifest::toString).distinct().toList());
    return cluster
        .workloads()
        .flatMap(
            workload -> {
              List<String> wanted = new ArrayList<>();
              List<String> secrets = new ArrayList<>();
              for (JsonNode container : workload.containers()) {
                for (JsonNode from : container.path("envFrom")) {
                  add(wanted, "ConfigMap ", from.at("/configMapRef/name"));
                  add(secrets, "", from.at("/secretRef/name"));
                }
                for (JsonNode variable : container.path("env")) {
                  add(wanted, "ConfigMap ", variable.at("/valueFrom/configMapKeyRef/name"));
                  JsonNode secret = variable.at("/valueFrom/secretKeyRef");
                  if (!secret.isMissingNode()) {
                    secrets.add(secret.path("name").asText() + "/" + secret.path("key").asText());
                  }
                  String name = variable.path("name").asText();
                  if (variable.path("value").asText().matches(".*://[^/@]+:[^/@]+@.*")
                      || (name.matches(".*(TOKEN|PASSWORD|SECRET|JAAS).*")
                          && secret.isMissingNode())) {
                    wanted.add("a secret for " + name + " instead of its text");
                  }
                }
              }
              for (JsonNode volume : workload.pod().path("volumes")) {
                add(wanted, "ConfigMap ", volume.at("/configMap/name"));
                add(
                    wanted,
                    "PersistentVolumeClaim ",
                    volume.at("/persistentVolumeClaim/claimName"));
                for (JsonNode item : volume.at("/secret/items")) {
                  secrets.add(
                      volume.at("/secret/secretName").asText() + "/" + item.path("key").asText());
                }
              }
              add(wanted, "ServiceAccount ", workload.pod().path("serviceAccountName"));
              return Stream.concat(
                  wanted.stream()
                      .filter(name -> !there.contains(name))
                      .map(name -> workload + ": there is no " + name),
                  secrets.stream()
                      .filter(secret -> !Secrets.documented().contains(secret))
                      .map(
                          secret ->
                              workload + ": deploy/README.md has no secret '" + secret + "'"));
            });
  }

  private static void add(List<String> names, String kind, JsonNode name) {
    if (!name.isMissingNode()) {
      names.add(kind + name.asText());
    }
  }

  /**
   * Every role may lose one pod at a time to upkeep, never none and never all; one that is not
   * ready, as a worker that drains, holds up nobody. So may the store; for the broker Strimzi makes
   * a budget.
   */
  static Stream<String> disruption(Cluster cluster) {
    Stream<String> roles =
        cluster
            .roles()
            .flatMap(
                workload ->
                    disruption(
                        workload,
                        budgets(
                            cluster, budget -> workload.isSelectedBy(budget.at("/spec/selector"))),
                        "AlwaysAllow"));
    Stream<String> store =
        cluster
            .operated()
            .filter(pods -> pods.object().is("MongoDBCommunity"))
            .flatMap(
                pods ->
                    disruption(
                        pods.object(),
                        budgets(
                            cluster,
                            budget ->
                                pods.isLabelled(
                                    Manifest.texts(budget.at("/spec/selector/matchLabels")))),
                        "IfHealthyBudget"));
    return Stream.concat(roles, store);
  }

  private static List<Manifest> budgets(Cluster cluster, Predicate<Manifest> which) {
    return cluster.objects().stream()
        .filter(object -> object.is("PodDisruptionBudget"))
        .filter(which)
        .toList();
  }

  private static Stream<String> disruption(
      Manifest object, List<Manifest> budgets, String evictionOfUnready) {
    if (budgets.size() != 1) {
      return Stream.of(object + ": has " + budgets.size() + " disruption budgets, not one");
    }
    JsonNode spec = budgets.get(0).at("/spec");
    return Stream.concat(
            unless(spec.path("maxUnavailable").asText().equals("1"), "maxUnavailable is not 1"),
            unless(
                spec.path("unhealthyPodEvictionPolicy")
                    .asText("IfHealthyBudget")
                    .equals(evictionOfUnready),
                "unhealthyPodEvictionPolicy is not " + evictionOfUnready))
        .map(complaint -> budgets.get(0) + ": " + complaint);
  }
}
