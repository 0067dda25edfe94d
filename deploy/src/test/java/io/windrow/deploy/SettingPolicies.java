package io.windrow.deploy;

import static io.windrow.deploy.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** What roles are told has an effect, and fits what their pods are told. */
final class SettingPolicies {
  private SettingPolicies() {}

  /** A variable that binds to nothing is a setting that has no effect. */
  static Stream<String> environment(Cluster cluster) {
    return cluster.eachContainer(
        container -> {
          if (!Manifest.isRole(container)) {
            return Stream.empty();
          }
          RoleSettings settings = RoleSettings.of(Manifest.role(container));
          // What all roles are told may be some roles' only.
          return cluster.environment(container).keySet().stream()
              .filter(variable -> !settings.binds(variable))
              .filter(
                  variable -> !(isCommon(cluster, container, variable) && bindsInAnyRole(variable)))
              .map(variable -> "nothing of the role is called '" + variable + "'");
        });
  }

  private static boolean isCommon(Cluster cluster, JsonNode container, String variable) {
    return Manifest.each(container.path("envFrom"))
        .map(from -> from.at("/configMapRef/name").asText())
        .filter(name -> name.matches("windrow(-[a-z0-9]{10})?"))
        .flatMap(name -> cluster.configMap(name).stream())
        .anyMatch(values -> values.containsKey(variable));
  }

  private static boolean bindsInAnyRole(String variable) {
    return Stream.of("coordinator", "collector", "worker")
        .anyMatch(role -> RoleSettings.of(role).binds(variable));
  }

  /** A pod is given the time that its role takes to end, and a worker more than it drains. */
  static Stream<String> grace(Cluster cluster) {
    return cluster
        .roles()
        .flatMap(
            workload -> {
              JsonNode container = workload.main();
              RoleSettings settings = RoleSettings.of(Manifest.role(container));
              Map<String, String> environment = cluster.environment(container);
              Duration phase =
                  settings.duration(
                      "spring.lifecycle.timeout-per-shutdown-phase", environment, "30s");
              Duration sleep =
                  Duration.ofSeconds(container.at("/lifecycle/preStop/sleep/seconds").asLong(0));
              Duration grace =
                  Duration.ofSeconds(
                      workload.pod().path("terminationGracePeriodSeconds").asLong(30));
              Stream<String> ends =
                  unless(
                      grace.compareTo(phase.plus(sleep)) > 0,
                      "the pod is killed after %s, its role may take %s to end, and %s before"
                          .formatted(grace, phase, sleep));
              if (!Manifest.role(container).equals("worker")) {
                return Stream.concat(
                        ends,
                        unless(
                            sleep.compareTo(Duration.ZERO) > 0,
                            "no preStop sleep: requests come while it ends"))
                    .map(complaint -> workload + ": " + complaint);
              }
              Duration drain = settings.duration("windrow.worker.drain", environment, "20s");
              return Stream.concat(
                      ends,
                      unless(
                          phase.compareTo(drain.plusSeconds(25)) >= 0,
                          "%s to end is too short for draining (%s) and hand-backs (25s)"
                              .formatted(phase, drain)))
                  .map(complaint -> workload + ": " + complaint);
            });
  }

  /**
   * The heaps of a worker and of what runs isolated beside it leave a quarter of its memory to
   * models, and it shares out those processors that it asks for.
   */
  static Stream<String> fit(Cluster cluster) {
    return cluster
        .roles()
        .filter(workload -> Manifest.role(workload.main()).equals("worker"))
        .flatMap(
            workload -> {
              JsonNode requests = workload.main().at("/resources/requests");
              Map<String, String> environment = cluster.environment(workload.main());
              String options = environment.getOrDefault("JAVA_TOOL_OPTIONS", "");
              double memory = amount(requests.path("memory"));
              double heap = memory * option(options, "MaxRAMPercentage", 25) / 100;
              String told = environment.get("WINDROW_WORKER_ISOLATION_HEAP");
              double isolated = told == null ? heap : DataSize.parse(told).toBytes();
              int slots = Integer.parseInt(environment.getOrDefault("WINDROW_WORKER_SLOTS", "1"));
              double heaps = heap + slots * isolated;
              return Stream.concat(
                      unless(
                          heaps <= memory * 3 / 4,
                          "heaps of %.1f GiB are more than three quarters of its memory, %.1f GiB"
                              .formatted(heaps / (1L << 30), memory / (1L << 30))),
                      unless(
                          option(options, "ActiveProcessorCount", 0)
                              == amount(requests.path("cpu")),
                          "ActiveProcessorCount is not the request of cpu"))
                  .map(complaint -> workload + ": " + complaint);
            });
  }

  private static double amount(JsonNode quantity) {
    return Quantity.parse(quantity.asText("0")).getNumericalAmount().doubleValue();
  }

  private static int option(String options, String name, int otherwise) {
    Matcher set = Pattern.compile("-XX:" + name + "=(\\d+)").matcher(options);
    return set.find() ? Integer.parseInt(set.group(1)) : otherwise;
  }
}
