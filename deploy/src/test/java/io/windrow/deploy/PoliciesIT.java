package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each policy notices what it is there for: one thing is made wrong at a time. */
@TestInstance(Lifecycle.PER_CLASS)
class PoliciesIT {
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  private List<Manifest> good = List.of();

  @BeforeAll
  void render() {
    good = Manifest.parse(Kustomize.required().render(Path.of("overlays", "prod")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "gone",
      value = {
        "RESOURCES | Deployment coordinator | C/resources/requests/memory | 2Gi | not its request",
        "RESOURCES | Deployment coordinator | C/resources/limits | gone | not its request",
        "RESOURCES | Deployment coordinator | C/resources/limits/cpu | 2 | throttles",
        "RESOURCES | Deployment coordinator | C/resources/requests/cpu | gone | no request of cpu",
        "PROBES | Deployment worker-default | C/startupProbe | gone | no startupProbe",
        "PROBES | Deployment collector | C/readinessProbe/httpGet/path | /actuator/health | group",
        "PROBES | Deployment collector | C/livenessProbe/httpGet/port | http | 'management'",
        "SECURITY | Deployment collector | S/securityContext/runAsNonRoot | gone | runAsNonRoot",
        "SECURITY | Deployment collector | S/securityContext/runAsUser | 0 | runAsUser",
        "SECURITY | Deployment collector | S/securityContext/seccompProfile | gone | seccomp",
        "SECURITY | Deployment collector | S/automountServiceAccountToken | true | automount",
        "SECURITY | Deployment collector | S/enableServiceLinks | gone | enableServiceLinks",
        "SECURITY | Deployment collector | S/hostNetwork | true | hostNetwork",
        "SECURITY | Deployment collector | S/volumes/tmp/emptyDir/sizeLimit | gone | sizeLimit",
        "SECURITY | Deployment collector | C/securityContext/capabilities | gone | capabilities",
        "SECURITY | Deployment collector | C/securityContext/readOnlyRootFilesystem | gone | readOnly",
        "SECURITY | Deployment collector | C/securityContext/allowPrivilegeEscalation | gone | Escalation",
        "IMAGES | Deployment collector | C/image | windrow/collector:latest | names no version",
        "SECURITY | MongoDBCommunity mongodb | M/securityContext/fsGroup | gone | not whole",
        "SECURITY | MongoDBCommunity mongodb | M/containers/mongod/securityContext | gone | mongod: cap",
        "SECURITY | MongoDBCommunity mongodb | M/initContainers/mongod-posthook | gone | posthook: cap",
        "IMAGES | Deployment collector | C/image | windrow/collector:0.1.0 | public registry",
        "SELECTORS | Service coordinator | /spec/selector/app.kubernetes.io~1name | worker | not just one",
        "SELECTORS | Deployment worker-large | /spec/selector/matchLabels/windrow.io~1queue | gone | worker-default",
        "SELECTORS | PodDisruptionBudget collector | /spec/selector/matchLabels/a | b | not just one",
        "PORTS | Service collector | /spec/ports/0/targetPort | web | no pod has the port",
        "PORTS | Service collector | /spec/ports/0/port | 8472 | no pod has the port",
        "PORTS | PodMonitor windrow | /spec/podMetricsEndpoints/0/port | metrics | no such port",
        "PORTS | PodMonitor windrow | /spec/selector/matchExpressions/1/values/2 | gone | does not select",
        "PORTS | PodMonitor windrow | /spec/podMetricsEndpoints/0/relabelings/0/regex | .* | do not run yet",
        "PORTS | Deployment worker-default | C/ports/0/containerPort | 8480 | health is at 8472",
        "PORTS | ConfigMap coordinator | /data/SERVER_PORT | 80 | API is at 80",
        "PORTS | ConfigMap coordinator | /data/SERVER_ADDRESS | gone | nobody can connect",
        "REFERENCES | Deployment collector | C/envFrom/0/configMapRef/name | windrows | no ConfigMap windrows",
        "REFERENCES | Deployment collector | C/env/WINDROW_SECURITY_BOOTSTRAPTOKEN/valueFrom/secretKeyRef/key | other | has no secret",
        "REFERENCES | Deployment collector | C/env/WINDROW_SECURITY_BOOTSTRAPTOKEN/valueFrom | gone | a secret for",
        "REFERENCES | Deployment collector | S/serviceAccountName | nobody | no ServiceAccount",
        "REFERENCES | Deployment collector | S/volumes/data/persistentVolumeClaim/claimName | d | no Persistent",
        "ENVIRONMENT | ConfigMap worker | /data/WINDROW_WORKER_DRAINS | 1m | called 'WINDROW_WORKER_DRAINS'",
        "ENVIRONMENT | ConfigMap coordinator | /data/WINDROW_WORKER_DRAIN | 1m | called 'WINDROW_WORKER_DRAIN'",
        "ENVIRONMENT | ConfigMap windrow | /data/SPRING_KAFKA_BOOTSTRAP_SERVERS | a:1 | called 'SPRING_KAFKA_BOOTSTRAP_SERVERS'",
        "ENVIRONMENT | ConfigMap windrow | /data/MANAGEMENT_SERVER_PORTS | 1 | called 'MANAGEMENT_SERVER_PORTS'",
        "GRACE | Deployment worker-large | S/terminationGracePeriodSeconds | 270 | killed after",
        "GRACE | ConfigMap worker | /data/WINDROW_WORKER_DRAIN | 5m | too short for draining",
        "GRACE | Deployment coordinator | C/lifecycle | gone | no preStop",
        "FIT | ConfigMap worker | /data/WINDROW_WORKER_ISOLATION_HEAP | 1GB | three quarters",
        "FIT | Deployment worker-large | C/env/WINDROW_WORKER_SLOTS/value | 2 | three quarters",
        "FIT | Deployment worker-large | C/resources/requests/cpu | 8 | ActiveProcessorCount",
        "SPREAD | Deployment worker-large | S/topologySpreadConstraints/0/whenUnsatisfiable | DoNotSchedule | spread",
        "SPREAD | Deployment worker-large | S/topologySpreadConstraints/1 | gone | spread",
        "SPREAD | MongoDBCommunity mongodb | M/topologySpreadConstraints | gone | one machine",
        "SPREAD | KafkaNodePool broker | /spec/template/pod/topologySpreadConstraints/1/whenUnsatisfiable | ScheduleAnyway | one machine",
        "SPREAD | KafkaNodePool controller | /spec/template/pod/topologySpreadConstraints/1/labelSelector/matchLabels/strimzi.io~1pool-name | broker | one machine",
        "DISRUPTION | PodDisruptionBudget worker-large | /spec/maxUnavailable | 0 | is not 1",
        "DISRUPTION | PodDisruptionBudget worker-large | /spec/selector/matchLabels/a | b | 0 disruption",
        "DISRUPTION | PodDisruptionBudget worker-large | /spec/unhealthyPodEvictionPolicy | gone | not AlwaysAllow",
        "DISRUPTION | PodDisruptionBudget mongodb | /spec/selector/matchLabels/a | b | mongodb: has 0 disruption",
        "DISRUPTION | PodDisruptionBudget mongodb | /spec/unhealthyPodEvictionPolicy | AlwaysAllow | not IfHealthyBudget",
        "NETWORK | NetworkPolicy default-deny | /spec/policyTypes/1 | gone | both ways",
        "NETWORK | NetworkPolicy metrics | /spec/ingress/0/from | gone | everybody",
        "NETWORK | NetworkPolicy metrics | /spec/ingress/0/ports/0/port | metrics | no port metrics",
        "NETWORK | NetworkPolicy metrics | /spec/podSelector/matchExpressions/0/values/2 | gone | nobody may reach",
        "NETWORK | NetworkPolicy broker-and-store | /spec/egress/1 | gone | may not call port 27017",
        "NETWORK | NetworkPolicy dns | /spec/egress/0/to/0/ipBlock | gone | NodeLocal",
        "NETWORK | NetworkPolicy coordinator | /spec/egress/0 | gone | may not call port http",
        "BROKER | Kafka kafka | /spec/kafka/listeners/tls/authentication | gone | listener tls is open",
        "BROKER | Kafka kafka | /spec/kafka/authorization | gone | may do everything",
        "BROKER | Kafka kafka | /spec/kafka/config/share.coordinator.state.topic.replication.factor | gone | is not 3",
        "BROKER | Kafka kafka | /spec/kafka/config/transaction.state.log.min.isr | 3 | stands still",
        "BROKER | KafkaNodePool broker | /spec/replicas | 2 | not 2",
        "BROKER | ConfigMap windrow | /data/WINDROW_TOPICS_REPLICATION | 1 | without three",
        "QUEUES | Deployment worker-large | /spec/template/metadata/labels/windrow.io~1queue | default | serves the queue",
        "QUEUES | Deployment worker-large | C/env/WINDROW_WORKER_QUEUES/valueFrom/fieldRef/fieldPath | metadata.name | is not the label",
        "SCALING | ScaledObject worker-large | /spec/scaleTargetRef/name | worker | not there",
        "SCALING | ScaledObject worker-large | /spec/cooldownPeriod | 300 | cooldownPeriod",
        "SCALING | ScaledObject worker-default | /spec/maxReplicaCount | 161 | 161, and 41 more",
        "SCALING | Kafka kafka | /spec/kafka/config/group.share.max.size | 124 | group has 124",
        "SCALING | Deployment worker-default | C/env/WINDROW_WORKER_SLOTS/value | 16 | are 250 members",
        "SCALING | ScaledObject worker-large | D/stabilizationWindowSeconds | 300 | less than they have",
        "SCALING | ScaledObject worker-large | /spec/fallback | gone | no fallback",
        "SCALING | ScaledObject worker-large | /spec/triggers/0/metricType | Value | AverageValue",
        "SCALING | ScaledObject worker-large | /spec/triggers/0/metadata/targetValue | 4 | 1 slots",
        "SCALING | ScaledObject worker-large | /spec/triggers/0/metadata/url | http://coordinator.windrow:8470/api/v1/queues/QUEUE/demand | 'QUEUE'",
        "SCALING | ScaledObject worker-large | /spec/triggers/0/metadata/url | http://coordinator.windrow:80/api/v1/queues/large/demand | no Service",
        "SCALING | ScaledObject worker-large | /spec/triggers/0/authenticationRef/name | other | without a token",
        "SCALING | Deployment worker-large | /spec/replicas | 2 | undo",
      })
  void noticesWhatIsWrong(
      Policy policy, String object, String path, String value, String complaint) {
    assertThat(policy.complaints(good)).isEmpty();

    assertThat(policy.complaints(changed(object, path, value)))
        .isNotEmpty()
        .anySatisfy(said -> assertThat(said).contains(complaint));
  }

  @ParameterizedTest
  @CsvSource({
    "Deployment coordinator, /spec/template/spec/terminationGracePeriodSecond",
    "Service collector, /spec/port",
    "NetworkPolicy metrics, /spec/ingress/0/form",
    "PodMonitor windrow, /spec/podMetricsEndpoint",
    "Kafka kafka, /spec/kafka/authorisation",
    "Kafka kafka, /spec/kafka/listeners/0/authentication/typ",
    "KafkaNodePool broker, /spec/storage/sizes",
    "KafkaUser windrow-kafka, /spec/authorization/acls/0/operation_",
  })
  void modelsNoticeMisspellings(String object, String path) {
    assertThat(changed(object, path, "1"))
        .filteredOn(StrictModels::knows)
        .anySatisfy(each -> assertThat(StrictModels.complaint(each)).isPresent());
  }

  private List<Manifest> changed(String object, String path, String value) {
    String pointer =
        path.replaceFirst("^C/", CONTAINER + "/")
            .replaceFirst("^S/", "/spec/template/spec/")
            .replaceFirst("^M/", "/spec/statefulSet/spec/template/spec/")
            .replaceFirst(
                "^D/", "/spec/advanced/horizontalPodAutoscalerConfig/behavior/scaleDown/");
    List<Manifest> changed = new ArrayList<>();
    int count = 0;
    for (Manifest manifest : good) {
      // Names of generated objects end in a hash.
      if (manifest.toString().matches(object + "(-[a-z]+)?(-[a-z0-9]{10})?")
          && (manifest.is("ConfigMap") || manifest.toString().equals(object))
          && !manifest.name().startsWith("windrow-dashboard")) {
        changed.add(new Manifest(changed(manifest.tree().deepCopy(), pointer, value)));
        count++;
      } else {
        changed.add(manifest);
      }
    }
    assertThat(count).as(object).isPositive();
    return changed;
  }

  /** Elements of lists are named by their name, or else by their number. */
  private static JsonNode changed(JsonNode tree, String path, String value) {
    List<String> keys =
        Stream.of(path.substring(1).split("/")).map(key -> key.replace("~1", "/")).toList();
    JsonNode parent = tree;
    for (String key : keys.subList(0, keys.size() - 1)) {
      parent = parent instanceof ArrayNode array ? array.path(index(array, key)) : parent.path(key);
    }
    String last = keys.get(keys.size() - 1);
    if (parent instanceof ArrayNode array) {
      if (value == null) {
        array.remove(index(array, last));
      } else {
        array.set(index(array, last), value);
      }
    } else if (value == null) {
      assertThat(((ObjectNode) parent).remove(last)).as(path).isNotNull();
    } else {
      ((ObjectNode) parent).put(last, value);
    }
    return tree;
  }

  private static int index(ArrayNode list, String key) {
    return IntStream.range(0, list.size())
        .filter(at -> list.get(at).path("name").asText().equals(key))
        .findFirst()
        .orElseGet(() -> Integer.parseInt(key));
  }
}
