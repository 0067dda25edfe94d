package io.windrow.deploy;

import static io.windrow.deploy.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Each queue has its workers, and their number follows its demand. */
final class QueuePolicies {
  /** What Kafka 4.2 has for group.share.max.size by default. */
  private static final int SHARE_GROUP_MEMBERS = 200;

  /** A worker of so many slots takes one task or a handful, each with a member of its own. */
  private static final int TWO_MEMBERS = 16;

  /** The longest that Kubernetes takes for a stabilization window. */
  private static final long LONGEST_WINDOW = 3600;

  private static final String QUEUE = "windrow.io/queue";
  private static final String SCALE_DOWN =
      "/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown";
  private static final Pattern DEMAND =
      Pattern.compile("http://([a-z-]+)\\.([a-z-]+):(\\d+)/api/v1/queues/([^/]+)/demand");
  private static final Pattern QUERY =
      Pattern.compile(
          "\\(max\\(windrow_queue_demand\\{namespace=\"([a-z-]+)\",queue=\"([^\"]+)\"}\\)"
              + " or max\\(0 \\* windrow_coordinator_leader\\{namespace=\"\\1\"}\\)\\) >= 0");

  private QueuePolicies() {}

  /** Each queue has one worker Deployment, which is told its queue by its label. */
  static Stream<String> queues(Cluster cluster) {
    Map<String, String> served = new TreeMap<>();
    List<String> complaints = new ArrayList<>();
    cluster
        .roles()
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

  static Stream<String> scaling(Cluster cluster) {
    return cluster.objects().stream()
        .filter(object -> object.is("ScaledObject"))
        .flatMap(
            scaled ->
                cluster
                    .workloads()
                    .filter(
                        workload ->
                            workload.is("Deployment")
                                && workload
                                    .name()
                                    .equals(scaled.at("/spec/scaleTargetRef/name").asText()))
                    .findFirst()
                    .map(target -> scaling(cluster, scaled, target))
                    .orElse(Stream.of("scales a Deployment that is not there"))
                    .map(complaint -> scaled + ": " + complaint));
  }

  private static Stream<String> scaling(Cluster cluster, Manifest scaled, Manifest target) {
    JsonNode spec = scaled.at("/spec");
    long grace = target.pod().path("terminationGracePeriodSeconds").asLong(30);
    String slots = cluster.environment(target.main()).getOrDefault("WINDROW_WORKER_SLOTS", "1");
    JsonNode trigger = spec.at("/triggers/0");
    JsonNode metadata = trigger.path("metadata");
    boolean asks = trigger.path("type").asText().equals("metrics-api");
    String per = metadata.path(asks ? "targetValue" : "threshold").asText();
    Matcher source =
        asks
            ? DEMAND.matcher(metadata.path("url").asText())
            : QUERY.matcher(metadata.path("query").asText());
    String queue = source.matches() ? source.group(asks ? 4 : 2) : "";
    return Stream.of(
            unless(
                !target.at("/spec").has("replicas"),
                target + " has replicas: each apply would undo what was scaled"),
            unless(
                spec.path("cooldownPeriod").asLong(300) > grace,
                "cooldownPeriod is not above the grace period, " + grace + " s"),
            unless(
                spec.at(SCALE_DOWN + "/stabilizationWindowSeconds").asLong(300)
                    >= Math.min(grace, LONGEST_WINDOW),
                "takes workers away after less than they have to end, " + grace + " s"),
            members(cluster, spec.path("maxReplicaCount").asInt(100), Integer.parseInt(slots)),
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
                !asks || !source.matches() || serves(cluster, source),
                "no Service has the address " + metadata.path("url").asText()),
            unless(
                asks
                    || !source.matches()
                    || source.group(1).equals(target.at("/metadata/namespace").asText()),
                "looks at the demand in another namespace"),
            unless(
                asks || metadata.path("ignoreNullValues").asText().equals("false"),
                "ignoreNullValues is not false: no metrics would be no demand"),
            unless(
                !asks
                    || cluster.objects().stream()
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

  /** A rollout has new workers beside the old ones; these leave the group when they are to end. */
  private static Stream<String> members(Cluster cluster, int most, int slots) {
    int room =
        cluster.objects().stream()
            .filter(object -> object.is("Kafka"))
            .map(kafka -> kafka.at("/spec/kafka/config/group.share.max.size"))
            .mapToInt(size -> size.asInt(SHARE_GROUP_MEMBERS))
            .findFirst()
            .orElse(SHARE_GROUP_MEMBERS);
    // As many more as a Deployment has by default: maxSurge 25%.
    int more = (most + 3) / 4;
    int members = (most + more) * (slots < TWO_MEMBERS ? 1 : 2);
    return unless(
        members <= room,
        "maxReplicaCount, %d, and %d more during a rollout are %d members: a share group has %d"
            .formatted(most, more, members, room));
  }

  private static boolean serves(Cluster cluster, Matcher url) {
    return cluster.objects().stream()
        .filter(object -> object.is("Service") && object.name().equals(url.group(1)))
        .filter(service -> service.at("/metadata/namespace").asText().equals(url.group(2)))
        .flatMap(service -> Manifest.each(service.at("/spec/ports")))
        .anyMatch(port -> port.path("port").asText().equals(url.group(3)));
  }
}
