package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every overlay, and every variant that the page tells of, is read strictly and judged. */
@TestInstance(Lifecycle.PER_CLASS)
class ManifestsIT {
  private Clusters clusters;
  private Path scratch;

  @BeforeAll
  void render(@TempDir Path scratch) {
    this.scratch = scratch;
    clusters = new Clusters(scratch);
  }

  @TestFactory
  Stream<DynamicTest> everyClusterKeepsEveryPolicy() {
    return clusters.rendered().keySet().stream()
        .flatMap(
            name ->
                Stream.of(Policy.values())
                    .map(
                        policy ->
                            DynamicTest.dynamicTest(
                                name + ": " + policy,
                                () ->
                                    assertThat(policy.complaints(clusters.objects(name)))
                                        .isEmpty())));
  }

  @TestFactory
  Stream<DynamicTest> everyObjectIsReadWhole() {
    return clusters.rendered().keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(clusters.objects(name))
                            .filteredOn(StrictModels::knows)
                            .hasSizeGreaterThan(15)
                            .allSatisfy(
                                object -> assertThat(StrictModels.complaint(object)).isEmpty())));
  }

  @Test
  void everyObjectFitsItsSchema() throws IOException {
    Schemas schemas = Schemas.required(scratch);
    for (var cluster : clusters.rendered().entrySet()) {
      schemas.check(cluster.getValue(), cluster.getKey());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cooldownPeriod: 330, cooldownPeriods: 330",
    "'minReplicaCount: 0', 'minReplicaCount: none'",
    "'failureThreshold: 3', 'failureThreshold: \"3\"'",
    "'type: ReplicaSet', 'type: Replicas'",
    "terminationGracePeriodSeconds: 300, terminationGracePeriodSecond: 300",
  })
  void schemasNoticeWhatIsWrong(String good, String bad) throws IOException {
    Schemas schemas = Schemas.required(scratch);
    String prod = clusters.rendered().get("prod");
    assertThat(prod).contains(good);

    assertThatThrownBy(() -> schemas.check(prod.replace(good, bad), "bad"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is invalid");
  }

  /** What is changed by a variant is there: else it would have been judged for nothing. */
  @Test
  void variantsDiffer() {
    assertThat(clusters.objects("prod"))
        .extracting(Manifest::toString)
        .contains(
            "Kafka kafka",
            "MongoDBCommunity mongodb",
            "ScaledObject worker-default",
            "ScaledObject worker-large",
            "PodMonitor windrow",
            "NetworkPolicy default-deny",
            "PersistentVolumeClaim data");
    assertThat(clusters.objects("prod without keda"))
        .extracting(Manifest::kind)
        .doesNotContain("ScaledObject", "TriggerAuthentication");
    assertThat(clusters.objects("prod with demand from Prometheus"))
        .filteredOn(object -> object.is("ScaledObject"))
        .hasSize(2)
        .allSatisfy(
            scaled ->
                assertThat(scaled.at("/spec/triggers/0/type").asText()).isEqualTo("prometheus"));
    assertThat(clusters.objects("prod with data-sync"))
        .filteredOn(Manifest::runsPods)
        .hasSize(4)
        .allSatisfy(
            workload ->
                assertThat(workload.pod().at("/initContainers/0/image").asText())
                    .startsWith("rclone/"));
    assertThat(clusters.objects("prod with data-sync"))
        .extracting(Manifest::kind)
        .doesNotContain("PersistentVolumeClaim");
    assertThat(clusters.objects("dev"))
        .extracting(Manifest::toString)
        .contains("NetworkPolicy default-deny");
    assertThat(clusters.objects("prod without mongodb"))
        .extracting(Manifest::kind)
        .doesNotContain("MongoDBCommunity", "Role");
    assertThat(clusters.objects("dev with the queue nightly"))
        .extracting(Manifest::toString)
        .contains("Deployment worker-default", "Deployment worker-nightly");
  }

  /** Its image declares a volume there: a disk mounted further up would stay empty. */
  @Test
  void theBrokerWritesToItsDisk() {
    assertThat(clusters.objects("dev"))
        .filteredOn(object -> object.toString().equals("StatefulSet kafka"))
        .singleElement()
        .satisfies(
            broker -> {
              JsonNode container = broker.main();
              String folder =
                  new Cluster(clusters.objects("dev")).environment(container).get("KAFKA_LOG_DIRS");
              assertThat(Manifest.each(container.path("volumeMounts")))
                  .filteredOn(mount -> mount.path("name").asText().equals("storage"))
                  .extracting(mount -> mount.path("mountPath").asText())
                  .containsExactly(folder);
            });
  }

  /** The first token is of use until there is another; its secret is deleted then. */
  @Test
  void rolesRunWithoutTheFirstToken() {
    assertThat(clusters.objects("prod").stream().filter(Manifest::isRole))
        .flatMap(workload -> Manifest.each(workload.main().path("env")).toList())
        .extracting(variable -> variable.at("/valueFrom/secretKeyRef"))
        .filteredOn(secret -> secret.path("name").asText().equals("windrow-bootstrap"))
        .hasSize(2)
        .allSatisfy(secret -> assertThat(secret.path("optional").asBoolean(false)).isTrue());
  }

  /** Its tasks are few and long, and one that is handed back begins anew. */
  @Test
  void theQueueOfLongTasksLetsThemEnd() {
    Cluster prod = new Cluster(clusters.objects("prod"));
    assertThat(prod.roles().filter(workload -> workload.name().equals("worker-large")))
        .singleElement()
        .extracting(
            workload ->
                RoleSettings.of("worker")
                    .duration("windrow.worker.drain", prod.environment(workload.main()), "20s"))
        .isEqualTo(Duration.ofMinutes(55));
  }

  /** Those that have waited for their secrets are past the deadline that 'rollout status' keeps. */
  @Test
  void everyRoleOfProdIsWaitedForUntilItIsAvailable() {
    Matcher wait =
        Pattern.compile("wait deployment -l ([\\w./-]+)=(\\w+) --for=condition=Available")
            .matcher(Readme.block("apply --server-side -k deploy/overlays/prod\n   kubectl"));
    assertThat(wait.find()).isTrue();
    assertThat(clusters.objects("prod").stream().filter(Manifest::isRole))
        .hasSize(4)
        .allSatisfy(
            workload ->
                assertThat(Manifest.texts(workload.at("/metadata/labels")))
                    .containsEntry(wait.group(1), wait.group(2)));
  }

  @Test
  void everyDashboardIsDeployed() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("grafana", "dashboards"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(clusters.objects("prod"))
                      .filteredOn(object -> object.at("/data").has(file))
                      .hasSize(1)
                      .allSatisfy(
                          map ->
                              assertThat(map.at("/metadata/labels/grafana_dashboard").asText())
                                  .isEqualTo("1")));
    }
  }
}
