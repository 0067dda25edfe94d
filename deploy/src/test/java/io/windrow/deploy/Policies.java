package io.windrow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must hold among the objects of one cluster beyond what a schema can say. Each policy answers
 * with what is wrong, in words for whoever wrote the manifest.
 */
final class Policies {
  /** group.share.max.size, what Kafka 4.2 has by default. */
  private static final int SHARE_GROUP_MEMBERS = 200;

  private static final String QUEUE = "windrow.io/queue";
  private static final Pattern DEMAND =
      Pattern.compile("http://([a-z-]+)\\.([a-z-]+):(\\d+)/api/v1/queues/([^/]+)/demand");
  private static final Pattern QUERY =
      Pattern.compile("max by \\(queue\\) \\(windrow_queue_demand\\{queue=\"([^\"]+)\"}\\)");

  /** A rule that a set of objects keeps, or what breaks it. */
  enum Policy {
    RESOURCES(Policies::resources),
    PROBES(Policies::probes),
    SECURITY(Policies::security),
    IMAGES(Policies::images),
    SELECTORS(Policies::selectors),
    PORTS(Policies::ports),
    REFERENCES(Policies::references),
    ENVIRONMENT(Policies::environment),
    GRACE(Policies::grace),
    SPREAD(Policies::spread),
    DISRUPTION(Policies::disruption),
    NETWORK(Policies::network),
    QUEUES(Policies::queues),
    SCALING(Policies::scaling);

    private final Function<List<Manifest>, Stream<String>> check;

    Policy(Function<List<Manifest>, Stream<String>> check) {
      this.check = check;
    }

    List<String> complaints(List<Manifest> objects) {
      return check.apply(objects).toList();
    }
  }

  private Policies() {}

  private static Stream<Manifest> workloads(List<Manifest> objects) {
    return objects.stream().filter(Manifest::runsPods);
  }

  private static Stream<String> eachContainer(
      List<Manifest> objects, Function<JsonNode, Stream<String>> check) {
    return workloads(objects)
        .flatMap(
            workload ->
                workload.containers().stream()
                    .flatMap(
                        container ->
                            check
                                .apply(container)
                                .map(
                                    complaint ->
                                        workload
                                            + ", container "
                                            + container.path("name").asText()
                                            + ": "
                                            + complaint)));
  }

  private static Stream<String> unless(boolean good, String complaint) {
    return good ? Stream.empty() : Stream.of(complaint);
  }

  /** Memory is never promised twice; CPU is shared by need. */
  private static Stream<String> resources(List<Manifest> objects) {
    return eachContainer(
        objects,
        container -> {
          JsonNode requests = container.at("/resources/requests");
          JsonNode limits = container.at("/resources/limits");
          return Stream.of(
                  unless(requests.has("memory"), "no request of memory"),
                  unless(
                      requests.path("memory").equals(limits.path("memory")),
                      "the limit of memory is not its request"),
                  unless(requests.has("cpu"), "no request of cpu"),
                  unless(!limits.has("cpu"), "a limit of cpu: it throttles"))
              .flatMap(complaint -> complaint);
        });
  }

  private static Stream<String> probes(List<Manifest> objects) {
    return eachContainer(
        objects.stream().filter(Manifest::stays).toList(),
        container ->
            stays(objects, container)
                ? Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                    .flatMap(probe -> probe(container, probe))
                : Stream.empty());
  }

  private static boolean stays(List<Manifest> objects, JsonNode container) {
    return workloads(objects)
        .flatMap(workload -> Manifest.each(workload.pod().path("containers")))
        .anyMatch(each -> each == container);
  }

  private static Stream<String> probe(JsonNode container, String probe) {
    JsonNode given = container.path(probe);
    if (given.isMissingNode()) {
      return Stream.of("no " + probe);
    }
    if (!Manifest.isRole(container)) {
      return Stream.empty();
    }
    String group = probe.equals("readinessProbe") ? "readiness" : "liveness";
    return Stream.of(
            unless(
                given.at("/httpGet/path").asText().equals("/actuator/health/" + group),
                probe + " does not ask the group " + group),
            unless(
                given.at("/httpGet/port").asText().equals("management"),
                probe + " does not ask the port 'management'"))
        .flatMap(complaint -> complaint);
  }

  /** The profile 'restricted' of Pod Security, and a root that nobody writes to. */
  private static Stream<String> security(List<Manifest> objects) {
    Stream<String> pods =
        workloads(objects)
            .flatMap(
                workload -> {
                  JsonNode context = workload.pod().path("securityContext");
                  return Stream.of(
                          unless(
                              context.path("runAsNonRoot").asBoolean(false),
                              "runAsNonRoot is not true"),
                          unless(
                              context.path("runAsUser").asInt(0) > 0,
                              "runAsUser is no number above 0"),
                          unless(
                              context.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
                              "seccompProfile is not RuntimeDefault"),
                          unless(
                              !workload.pod().path("automountServiceAccountToken").asBoolean(true),
                              "automountServiceAccountToken is not false"),
                          unless(
                              !workload.pod().path("enableServiceLinks").asBoolean(true),
                              "enableServiceLinks is not false: a service's address could be"
                                  + " taken for a setting"),
                          Stream.of("hostNetwork", "hostPID", "hostIPC")
                              .filter(key -> workload.pod().path(key).asBoolean(false))
                              .map(key -> key + " is true"),
                          Manifest.each(workload.pod().path("volumes"))
                              .filter(volume -> volume.has("hostPath"))
                              .map(volume -> "a volume of the machine's own"),
                          Manifest.each(workload.pod().path("volumes"))
                              .filter(volume -> volume.has("emptyDir"))
                              .filter(volume -> !volume.at("/emptyDir").has("sizeLimit"))
                              .map(volume -> "an emptyDir without sizeLimit"))
                      .flatMap(complaint -> complaint)
                      .map(complaint -> workload + ": " + complaint);
                });
    Stream<String> containers =
        eachContainer(
            objects,
            container -> {
              JsonNode context = container.path("securityContext");
              return Stream.of(
                      unless(
                          !context.path("allowPrivilegeEscalation").asBoolean(true),
                          "allowPrivilegeEscalation is not false"),
                      unless(!context.path("privileged").asBoolean(false), "privileged"),
                      unless(
                          context.at("/capabilities/drop").toString().equals("[\"ALL\"]")
                              && !context.path("capabilities").has("add"),
                          "capabilities other than drop: [ALL]"),
                      unless(
                          context.path("readOnlyRootFilesystem").asBoolean(false)
                              || container.path("image").asText().startsWith("apache/kafka:"),
                          "readOnlyRootFilesystem is not true"))
                  .flatMap(complaint -> complaint);
            });
    return Stream.concat(pods, containers);
  }

  private static Stream<String> images(List<Manifest> objects) {
    return eachContainer(
        objects,
        container -> {
          String image = container.path("image").asText();
          return unless(
              image.matches(".+(:\\d+\\.\\d+.*|@sha256:[0-9a-f]{64})"),
              "the image '" + image + "' names no version");
        });
  }

  /** Selectors find pods, and only those that they mean. */
  private static Stream<String> selectors(List<Manifest> objects) {
    List<Manifest> workloads = objects.stream().filter(Manifest::stays).toList();
    List<String> complaints = new ArrayList<>();
    for (Manifest workload : workloads) {
      Map<String, String> selector = Manifest.texts(workload.at("/spec/selector/matchLabels"));
      if (selector.isEmpty() || !contains(workload.podLabels(), selector)) {
        complaints.add(workload + ": the selector does not match its own pods");
      }
      for (Manifest other : workloads) {
        if (other != workload && contains(other.podLabels(), selector)) {
          complaints.add(workload + ": the selector matches pods of " + other + ", too");
        }
      }
    }
    for (Manifest object : objects) {
      Map<String, String> selector =
          object.is("Service")
              ? Manifest.texts(object.at("/spec/selector"))
              : object.is("PodDisruptionBudget")
                  ? Manifest.texts(object.at("/spec/selector/matchLabels"))
                  : Map.of();
      if ((object.is("Service") || object.is("PodDisruptionBudget"))
          && workloads.stream().filter(each -> contains(each.podLabels(), selector)).count() != 1) {
        complaints.add(object + ": the selector matches not just one workload: " + selector);
      }
    }
    return complaints.stream();
  }

  private static boolean contains(Map<String, String> labels, Map<String, String> selector) {
    return labels.entrySet().containsAll(selector.entrySet());
  }

  /** Ports that are named exist, and containers name those that the role opens. */
  private static Stream<String> ports(List<Manifest> objects) {
    Stream<String> services =
        objects.stream()
            .filter(object -> object.is("Service"))
            .flatMap(
                service ->
                    Manifest.each(service.at("/spec/ports"))
                        .filter(
                            port ->
                                workloads(objects)
                                    .filter(
                                        workload ->
                                            contains(
                                                workload.podLabels(),
                                                Manifest.texts(service.at("/spec/selector"))))
                                    .noneMatch(
                                        workload ->
                                            portNumbers(workload)
                                                .getOrDefault(port.path("targetPort").asText(), -1)
                                                .equals(port.path("port").asInt())))
                        .map(port -> service + ": no pod has the port " + port));
    Stream<String> monitors =
        objects.stream()
            .filter(object -> object.is("PodMonitor"))
            .flatMap(
                monitor ->
                    Manifest.each(monitor.at("/spec/podMetricsEndpoints"))
                        .flatMap(
                            endpoint ->
                                selected(objects, monitor.at("/spec/selector"))
                                    .filter(
                                        workload ->
                                            !portNumbers(workload)
                                                .containsKey(endpoint.path("port").asText()))
                                    .map(workload -> monitor + ": no such port in " + workload)));
    Stream<String> unmonitored =
        objects.stream()
            .filter(object -> object.is("PodMonitor"))
            .flatMap(
                monitor ->
                    windrows(objects)
                        .filter(
                            workload ->
                                selected(objects, monitor.at("/spec/selector"))
                                    .noneMatch(workload::equals))
                        .map(workload -> monitor + " does not select " + workload));
    Stream<String> opened =
        workloads(objects)
            .flatMap(
                workload ->
                    workload.containers().stream()
                        .filter(Manifest::isRole)
                        .flatMap(
                            container -> {
                              Map<String, String> environment = environment(objects, container);
                              RoleSettings settings = RoleSettings.of(Manifest.role(container));
                              String server =
                                  environment.getOrDefault(
                                      "SERVER_PORT", settings.byDefault("server.port"));
                              String management =
                                  environment.getOrDefault("MANAGEMENT_SERVER_PORT", server);
                              Map<String, Integer> named = portNumbers(workload);
                              return Stream.of(
                                      unless(
                                          management.equals(
                                              String.valueOf(named.get("management"))),
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
    return Stream.of(services, monitors, unmonitored, opened).flatMap(complaint -> complaint);
  }

  private static Stream<Manifest> windrows(List<Manifest> objects) {
    return workloads(objects)
        .filter(workload -> workload.containers().stream().anyMatch(Manifest::isRole));
  }

  private static Map<String, Integer> portNumbers(Manifest workload) {
    Map<String, Integer> ports = new TreeMap<>();
    for (JsonNode container : workload.containers()) {
      for (JsonNode port : container.path("ports")) {
        ports.put(port.path("name").asText(), port.path("containerPort").asInt());
      }
    }
    return ports;
  }

  private static Stream<Manifest> selected(List<Manifest> objects, JsonNode selector) {
    return workloads(objects).filter(workload -> selects(selector, workload.podLabels()));
  }

  private static boolean selects(JsonNode selector, Map<String, String> labels) {
    return contains(labels, Manifest.texts(selector.path("matchLabels")))
        && Manifest.each(selector.path("matchExpressions"))
            .allMatch(
                expression -> {
                  String label = labels.get(expression.path("key").asText());
                  boolean named =
                      Manifest.each(expression.path("values"))
                          .anyMatch(value -> value.asText().equals(label));
                  return switch (expression.path("operator").asText()) {
                    case "In" -> named;
                    case "NotIn" -> !named;
                    case "Exists" -> label != null;
                    default -> false;
                  };
                });
  }

  /** ConfigMaps, claims and accounts that are named exist; secrets are in {@link Secrets}. */
  private static Stream<String> references(List<Manifest> objects) {
    Set<String> there = Set.copyOf(objects.stream().map(Manifest::toString).distinct().toList());
    return workloads(objects)
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

  /** A variable that binds to nothing is a setting that has no effect. */
  private static Stream<String> environment(List<Manifest> objects) {
    return eachContainer(
        objects,
        container -> {
          if (!Manifest.isRole(container)) {
            return Stream.empty();
          }
          RoleSettings settings = RoleSettings.of(Manifest.role(container));
          // What all roles are told may be some roles' only.
          return environment(objects, container).keySet().stream()
              .filter(variable -> !settings.binds(variable))
              .filter(
                  variable -> !(isCommon(objects, container, variable) && bindsInAnyRole(variable)))
              .map(variable -> "nothing of the role is called '" + variable + "'");
        });
  }

  private static boolean isCommon(List<Manifest> objects, JsonNode container, String variable) {
    return Manifest.each(container.path("envFrom"))
        .map(from -> from.at("/configMapRef/name").asText())
        .filter(name -> name.matches("windrow(-[a-z0-9]{10})?"))
        .flatMap(name -> configMap(objects, name).stream())
        .anyMatch(values -> values.containsKey(variable));
  }

  private static boolean bindsInAnyRole(String variable) {
    return Stream.of("coordinator", "collector", "worker")
        .anyMatch(role -> RoleSettings.of(role).binds(variable));
  }

  /** A container's variables; those of secrets and of the pod are empty. */
  private static Map<String, String> environment(List<Manifest> objects, JsonNode container) {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode from : container.path("envFrom")) {
      configMap(objects, from.at("/configMapRef/name").asText()).ifPresent(environment::putAll);
    }
    for (JsonNode variable : container.path("env")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText(""));
    }
    return environment;
  }

  private static Optional<Map<String, String>> configMap(List<Manifest> objects, String name) {
    return objects.stream()
        .filter(object -> object.is("ConfigMap") && object.name().equals(name))
        .map(object -> Manifest.texts(object.at("/data")))
        .findFirst();
  }

  /** A pod is given the time that its role takes to end, and a worker more than it drains. */
  private static Stream<String> grace(List<Manifest> objects) {
    return windrows(objects)
        .flatMap(
            workload -> {
              JsonNode container = workload.main();
              RoleSettings settings = RoleSettings.of(Manifest.role(container));
              Map<String, String> environment = environment(objects, container);
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

  private static Stream<String> spread(List<Manifest> objects) {
    return windrows(objects)
        .flatMap(
            workload -> {
              Map<String, String> keys = new HashMap<>();
              for (JsonNode constraint : workload.pod().path("topologySpreadConstraints")) {
                if (contains(
                    workload.podLabels(),
                    Manifest.texts(constraint.at("/labelSelector/matchLabels")))) {
                  keys.put(
                      constraint.path("topologyKey").asText(),
                      constraint.path("whenUnsatisfiable").asText());
                }
              }
              return unless(
                  keys.equals(
                      Map.of(
                          "topology.kubernetes.io/zone",
                          "ScheduleAnyway",
                          "kubernetes.io/hostname",
                          "ScheduleAnyway")),
                  workload + ": is not spread over zones and machines, if possible");
            });
  }

  /** Every role may lose one pod at a time to upkeep, never none and never all. */
  private static Stream<String> disruption(List<Manifest> objects) {
    return windrows(objects)
        .flatMap(
            workload -> {
              List<Manifest> budgets =
                  objects.stream()
                      .filter(object -> object.is("PodDisruptionBudget"))
                      .filter(budget -> selects(budget.at("/spec/selector"), workload.podLabels()))
                      .toList();
              return budgets.size() == 1
                  ? unless(
                      budgets.get(0).at("/spec/maxUnavailable").asText().equals("1"),
                      budgets.get(0) + ": maxUnavailable is not 1")
                  : Stream.of(
                      workload + ": has " + budgets.size() + " disruption budgets, not one");
            });
  }

  /** Where nothing may talk unless it is said, openings lead to ports that exist. */
  private static Stream<String> network(List<Manifest> objects) {
    List<Manifest> policies =
        objects.stream().filter(object -> object.is("NetworkPolicy")).toList();
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
        selected(objects, policy.at("/spec/podSelector"))
            .filter(Policies::isOurs)
            .forEach(
                workload ->
                    Manifest.each(rule.path("ports"))
                        .map(port -> port.path("port").asText())
                        .filter(port -> !port.matches("\\d+"))
                        .filter(port -> !portNumbers(workload).containsKey(port))
                        .forEach(
                            port ->
                                complaints.add(policy + ": " + workload + " has no port " + port)));
      }
    }
    for (Manifest workload : windrows(objects).toList()) {
      for (String port : portNumbers(workload).keySet()) {
        boolean open =
            policies.stream()
                .filter(policy -> selects(policy.at("/spec/podSelector"), workload.podLabels()))
                .flatMap(policy -> Manifest.each(policy.at("/spec/ingress")))
                .flatMap(rule -> Manifest.each(rule.path("ports")))
                .anyMatch(each -> each.path("port").asText().equals(port));
        if (!open) {
          complaints.add(workload + ": nobody may reach its port " + port);
        }
      }
      List<String> mayCall =
          policies.stream()
              .filter(policy -> selects(policy.at("/spec/podSelector"), workload.podLabels()))
              .flatMap(policy -> Manifest.each(policy.at("/spec/egress")))
              .flatMap(rule -> Manifest.each(rule.path("ports")))
              .map(port -> port.path("port").asText())
              .toList();
      for (String port : needs(objects, workload)) {
        if (!mayCall.contains(port)) {
          complaints.add(workload + ": may not call port " + port + ", which it needs");
        }
      }
    }
    return complaints.stream();
  }

  private static boolean isOurs(Manifest workload) {
    return workload.containers().stream().anyMatch(Manifest::isRole);
  }

  private static List<String> needs(List<Manifest> objects, Manifest workload) {
    Map<String, String> environment = environment(objects, workload.main());
    List<String> ports = new ArrayList<>(List.of("53", "27017"));
    ports.add(
        environment.getOrDefault("SPRING_KAFKA_BOOTSTRAPSERVERS", ":9092").replaceFirst(".*:", ""));
    if (environment.containsKey("WINDROW_COLLECTOR_URL")) {
      ports.add("http");
    }
    return ports;
  }

  /** Each queue has one worker Deployment, which is told its queue by its label. */
  private static Stream<String> queues(List<Manifest> objects) {
    Map<String, String> served = new TreeMap<>();
    List<String> complaints = new ArrayList<>();
    windrows(objects)
        .filter(workload -> Manifest.role(workload.main()).equals("worker"))
        .forEach(
            workload -> {
              String queue = workload.podLabels().get(QUEUE);
              if (queue == null) {
                complaints.add(workload + ": its pods have no label " + QUEUE);
              } else if (served.putIfAbsent(queue, workload.name()) != null) {
                complaints.add(workload + ": serves the queue of " + served.get(queue));
              }
              boolean told =
                  Manifest.each(workload.main().path("env"))
                      .anyMatch(
                          variable ->
                              variable.path("name").asText().equals("WINDROW_WORKER_QUEUES")
                                  && variable
                                      .at("/valueFrom/fieldRef/fieldPath")
                                      .asText()
                                      .equals("metadata.labels['" + QUEUE + "']"));
              if (!told) {
                complaints.add(workload + ": WINDROW_WORKER_QUEUES is not the label " + QUEUE);
              }
            });
    return complaints.stream();
  }

  private static Stream<String> scaling(List<Manifest> objects) {
    return objects.stream()
        .filter(object -> object.is("ScaledObject"))
        .flatMap(
            scaled ->
                workloads(objects)
                    .filter(
                        workload ->
                            workload.is("Deployment")
                                && workload
                                    .name()
                                    .equals(scaled.at("/spec/scaleTargetRef/name").asText()))
                    .findFirst()
                    .map(target -> scaling(objects, scaled, target))
                    .orElse(Stream.of("scales a Deployment that is not there"))
                    .map(complaint -> scaled + ": " + complaint));
  }

  private static Stream<String> scaling(List<Manifest> objects, Manifest scaled, Manifest target) {
    JsonNode spec = scaled.at("/spec");
    long grace = target.pod().path("terminationGracePeriodSeconds").asLong(30);
    String slots = environment(objects, target.main()).getOrDefault("WINDROW_WORKER_SLOTS", "1");
    JsonNode trigger = spec.at("/triggers/0");
    JsonNode metadata = trigger.path("metadata");
    boolean asks = trigger.path("type").asText().equals("metrics-api");
    String per = metadata.path(asks ? "targetValue" : "threshold").asText();
    Matcher source =
        asks
            ? DEMAND.matcher(metadata.path("url").asText())
            : QUERY.matcher(metadata.path("query").asText());
    String queue = source.matches() ? source.group(asks ? 4 : 1) : "";
    return Stream.of(
            unless(
                !target.at("/spec").has("replicas"),
                target + " has replicas: each apply would undo what was scaled"),
            unless(
                spec.path("cooldownPeriod").asLong(300) > grace,
                "cooldownPeriod is not above the grace period, " + grace + " s"),
            unless(
                spec.path("maxReplicaCount").asInt(100) < SHARE_GROUP_MEMBERS,
                "maxReplicaCount is not below "
                    + SHARE_GROUP_MEMBERS
                    + ", a share group's members"),
            unless(
                spec.path("minReplicaCount").asInt(0) < spec.path("maxReplicaCount").asInt(100),
                "minReplicaCount is not below maxReplicaCount"),
            unless(spec.has("fallback"), "no fallback: without an answer nothing is scaled"),
            unless(
                trigger.path("metricType").asText("AverageValue").equals("AverageValue"),
                "metricType is not AverageValue, which fallback and slots need"),
            unless(
                per.equals(slots),
                "scales by " + per + " tasks a worker, which has " + slots + " slots"),
            unless(
                queue.equals(target.podLabels().get(QUEUE)),
                "looks at the demand of '" + queue + "', not of its queue"),
            unless(
                !asks || !source.matches() || serves(objects, source),
                "no Service has the address " + metadata.path("url").asText()),
            unless(
                asks || metadata.path("ignoreNullValues").asText().equals("false"),
                "ignoreNullValues is not false: no metrics would be no demand"),
            unless(
                !asks
                    || objects.stream()
                        .anyMatch(
                            object ->
                                object.is("TriggerAuthentication")
                                    && object
                                        .name()
                                        .equals(trigger.at("/authenticationRef/name").asText())
                                    && Secrets.documented()
                                        .contains(
                                            object.at("/spec/secretTargetRef/0/name").asText()
                                                + "/"
                                                + object
                                                    .at("/spec/secretTargetRef/0/key")
                                                    .asText())),
                "asks without a token, or with one that deploy/README.md does not have"))
        .flatMap(complaint -> complaint);
  }

  private static boolean serves(List<Manifest> objects, Matcher url) {
    return objects.stream()
        .filter(object -> object.is("Service") && object.name().equals(url.group(1)))
        .filter(service -> service.at("/metadata/namespace").asText().equals(url.group(2)))
        .flatMap(service -> Manifest.each(service.at("/spec/ports")))
        .anyMatch(port -> port.path("port").asText().equals(url.group(3)));
  }
}
