package io.windrow.deploy;

import static io.windrow.deploy.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds for each pod by itself. */
final class PodPolicies {
  /** The containers that MongoDB's operator gives each member, 0.13. */
  private static final List<String> OPERATED =
      List.of("mongod", "mongodb-agent", "mongod-posthook", "mongodb-agent-readinessprobe");

  private PodPolicies() {}

  /** Memory is never promised twice; CPU is shared by need. */
  static Stream<String> resources(Cluster cluster) {
    return cluster.eachContainer(
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

  /** Of containers that run until they are told to end. */
  static Stream<String> probes(Cluster cluster) {
    return cluster.eachContainer(
        workload ->
            workload.stays()
                ? Manifest.each(workload.pod().path("containers"))
                : Stream.<JsonNode>empty(),
        container ->
            Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                .flatMap(probe -> probe(container, probe)));
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
  static Stream<String> security(Cluster cluster) {
    Stream<String> pods =
        cluster
            .workloads()
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
        cluster.eachContainer(
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
    return Stream.of(pods, containers, operated(cluster)).flatMap(complaint -> complaint);
  }

  /**
   * What MongoDB's operator leaves out in its pods: capabilities, and the pod's context, which is
   * taken whole instead of its own.
   */
  private static Stream<String> operated(Cluster cluster) {
    return cluster.objects().stream()
        .filter(object -> object.is("MongoDBCommunity"))
        .flatMap(
            store -> {
              JsonNode pod = store.at("/spec/statefulSet/spec/template/spec");
              JsonNode context = pod.path("securityContext");
              Set<String> confined =
                  Stream.of("containers", "initContainers")
                      .flatMap(list -> Manifest.each(pod.path(list)))
                      .filter(
                          container ->
                              container
                                  .at("/securityContext/capabilities/drop")
                                  .toString()
                                  .equals("[\"ALL\"]"))
                      .map(container -> container.path("name").asText())
                      .collect(Collectors.toSet());
              return Stream.concat(
                      OPERATED.stream()
                          .filter(name -> !confined.contains(name))
                          .map(name -> name + ": capabilities other than drop: [ALL]"),
                      unless(
                          context.path("runAsNonRoot").asBoolean(false)
                              && context.path("runAsUser").asInt(0) > 0
                              && context.has("fsGroup")
                              && context
                                  .at("/seccompProfile/type")
                                  .asText()
                                  .equals("RuntimeDefault"),
                          "its pods' securityContext is not whole"))
                  .map(complaint -> store + ": " + complaint);
            });
  }

  static Stream<String> images(Cluster cluster) {
    return cluster.eachContainer(
        container -> {
          String image = container.path("image").asText();
          return Stream.concat(
              unless(
                  image.matches(".+(:\\d+\\.\\d+.*|@sha256:[0-9a-f]{64})"),
                  "the image '" + image + "' names no version"),
              unless(
                  !image.startsWith("windrow/")
                      || container.path("imagePullPolicy").asText().equals("Never"),
                  "the image '" + image + "' would come from a public registry, whoever put it"));
        });
  }

  /**
   * Roles are spread if possible. Broker and store keep what they have by their majority: no two of
   * them are on one machine.
   */
  static Stream<String> spread(Cluster cluster) {
    Stream<String> roles =
        cluster
            .roles()
            .filter(
                workload ->
                    !spread(workload.pod(), workload.podLabels()).equals(spread("ScheduleAnyway")))
            .map(workload -> workload + ": is not spread over zones and machines, if possible");
    Stream<String> operated =
        cluster
            .operated()
            .filter(pods -> !spread(pods.pod(), pods.labels()).equals(spread("DoNotSchedule")))
            .map(pods -> pods.object() + ": two of its pods may be on one machine");
    return Stream.concat(roles, operated);
  }

  private static Map<String, String> spread(String overMachines) {
    return Map.of(
        "topology.kubernetes.io/zone", "ScheduleAnyway", "kubernetes.io/hostname", overMachines);
  }

  /** What happens where pods cannot be spread, of those constraints that mean just these pods. */
  private static Map<String, String> spread(JsonNode pod, Map<String, String> labels) {
    Map<String, String> keys = new HashMap<>();
    for (JsonNode constraint : pod.path("topologySpreadConstraints")) {
      Map<String, String> selector = Manifest.texts(constraint.at("/labelSelector/matchLabels"));
      if (labels.entrySet().containsAll(selector.entrySet())) {
        keys.put(
            constraint.path("topologyKey").asText(), constraint.path("whenUnsatisfiable").asText());
      }
    }
    return keys;
  }
}
