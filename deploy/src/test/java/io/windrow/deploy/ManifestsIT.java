package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.deploy.Policies.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every overlay and every component is rendered, read strictly, and judged. */
class ManifestsIT {
  private static final List<String> COMPONENTS =
      List.of("kafka-strimzi", "mongodb", "keda", "monitoring", "networkpolicy");

  @TempDir Path scratch;

  @TestFactory
  Stream<DynamicTest> overlaysKeepEveryPolicy() {
    return overlays()
        .flatMap(
            overlay -> {
              List<Manifest> objects = Manifest.parse(Kustomize.required().render(overlay));
              return Stream.of(Policy.values())
                  .map(
                      policy ->
                          DynamicTest.dynamicTest(
                              overlay.getFileName() + " " + policy,
                              () -> assertThat(policy.complaints(objects)).isEmpty()));
            });
  }

  @TestFactory
  Stream<DynamicTest> overlaysAreReadWhole() {
    return overlays()
        .map(
            overlay ->
                DynamicTest.dynamicTest(
                    overlay.getFileName().toString(),
                    () ->
                        assertThat(Manifest.parse(Kustomize.required().render(overlay)))
                            .hasSizeGreaterThan(15)
                            .filteredOn(StrictModels::knows)
                            .hasSizeGreaterThan(15)
                            .allSatisfy(
                                object -> assertThat(StrictModels.complaint(object)).isEmpty())));
  }

  @Test
  void overlaysFitTheirSchemas() throws IOException {
    Schemas schemas = Schemas.required(scratch);
    for (Path overlay : overlays().toList()) {
      schemas.check(Kustomize.required().render(overlay), overlay.getFileName().toString());
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
    String rendered = Kustomize.required().render(Path.of("overlays", "prod"));
    assertThat(rendered).contains(good);

    assertThatThrownBy(() -> schemas.check(rendered.replace(good, bad), "bad"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("is invalid");
  }

  /** Whoever has servers of their own leaves components out: what is left must still be whole. */
  @TestFactory
  Stream<DynamicTest> componentsCanBeLeftOut() throws IOException {
    Kustomize kustomize = Kustomize.required();
    String prod = Files.readString(Path.of("overlays", "prod", "kustomization.yaml"));
    Path copy = copyOfSources();
    List<DynamicTest> tests = new ArrayList<>();
    for (String left : COMPONENTS) {
      assertThat(prod).contains("  - ../../components/" + left + "\n");
      if (left.equals("keda")) {
        // The queues have a part of it: tested by the overlay without any.
        continue;
      }
      Path overlay = Files.createDirectory(copy.resolve("overlays/without-" + left));
      Files.writeString(
          overlay.resolve("kustomization.yaml"),
          prod.replace("  - ../../components/" + left + "\n", "")
              .replace("- queues/", "- ../prod/queues/"));
      List<Manifest> objects = Manifest.parse(kustomize.render(overlay));
      for (Policy policy : Policy.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                "without " + left + " " + policy,
                () -> assertThat(policy.complaints(objects)).isEmpty()));
      }
    }
    return tests.stream();
  }

  /** Data from a storage elsewhere instead of a volume for all. */
  @TestFactory
  Stream<DynamicTest> dataMayBeFetched() throws IOException {
    Path copy = copyOfSources();
    Path overlay = copy.resolve("overlays/prod/kustomization.yaml");
    Files.writeString(
        overlay,
        Files.readString(overlay)
            .replace("components:\n", "components:\n  - ../../components/data-sync\n"));
    List<Manifest> objects = Manifest.parse(Kustomize.required().render(overlay.getParent()));
    assertThat(objects)
        .filteredOn(Manifest::runsPods)
        .hasSize(4)
        .allSatisfy(
            workload ->
                assertThat(workload.at("/spec/template/spec/initContainers/0/image").asText())
                    .startsWith("rclone/"));
    return Stream.of(Policy.values())
        .map(
            policy ->
                DynamicTest.dynamicTest(
                    policy.name(), () -> assertThat(policy.complaints(objects)).isEmpty()));
  }

  @Test
  void everyDashboardIsDeployed() throws IOException {
    List<Manifest> objects =
        Manifest.parse(Kustomize.required().render(Path.of("overlays", "prod")));
    try (Stream<Path> files = Files.list(Path.of("grafana", "dashboards"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(objects)
                      .filteredOn(object -> object.at("/data").has(file))
                      .hasSize(1)
                      .allSatisfy(
                          map ->
                              assertThat(map.at("/metadata/labels/grafana_dashboard").asText())
                                  .isEqualTo("1")));
    }
  }

  /** As deploy/README.md says: its five lines make a Deployment for one more queue. */
  @Test
  void aQueueIsAddedInFiveLines() throws IOException {
    Path copy = copyOfSources();
    Path queue = Files.createDirectory(copy.resolve("overlays/dev/queues/nightly"));
    String five =
        Readme.block("resources: [../../../../base/worker]")
            .replaceAll("(?m)^kind: .*\n|^apiVersion: .*\n", "");
    assertThat(five.strip().lines()).hasSize(5);
    Files.writeString(queue.resolve("kustomization.yaml"), five);
    Path overlay = copy.resolve("overlays/dev/kustomization.yaml");
    Files.writeString(
        overlay,
        Files.readString(overlay)
            .replace("  - queues/default\n", "  - queues/default\n  - queues/nightly\n"));

    List<Manifest> objects =
        Manifest.parse(Kustomize.required().render(copy.resolve("overlays/dev")));

    assertThat(objects).extracting(Manifest::toString).contains("Deployment worker-nightly");
    for (Policy policy : Policy.values()) {
      assertThat(policy.complaints(objects)).as(policy.name()).isEmpty();
    }
  }

  /** Demand from Prometheus instead of the coordinator. */
  @Test
  void demandMayComeFromPrometheus() throws IOException {
    Path copy = copyOfSources();
    for (String queue : List.of("default", "large")) {
      Path file = copy.resolve("overlays/prod/queues/" + queue + "/kustomization.yaml");
      String text = Files.readString(file);
      Files.writeString(
          file,
          text.replace(
                  "components: [../../../../components/keda/queue]",
                  "components: [../../../../components/keda/queue,"
                      + " ../../../../components/keda/prometheus]")
              .replace("/metadata/url", "/metadata/query")
              .replaceAll(
                  "value: http://coordinator.*",
                  "value: max by (queue) (windrow_queue_demand{queue=\"" + queue + "\"})")
              .replace("/metadata/targetValue", "/metadata/threshold"));
    }

    List<Manifest> objects =
        Manifest.parse(Kustomize.required().render(copy.resolve("overlays/prod")));

    assertThat(objects)
        .filteredOn(object -> object.is("ScaledObject"))
        .allSatisfy(
            scaled ->
                assertThat(scaled.at("/spec/triggers/0/type").asText()).isEqualTo("prometheus"));
    assertThat(Policy.SCALING.complaints(objects)).isEmpty();
  }

  private static Stream<Path> overlays() {
    return Stream.of("dev", "prod").map(name -> Path.of("overlays", name));
  }

  private Path copyOfSources() throws IOException {
    Path copy = Files.createDirectories(scratch.resolve("deploy"));
    for (String folder : List.of("base", "components", "overlays", "prometheus", "grafana")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.toList()) {
          Path target = copy.resolve(file.toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else {
            Files.copy(file, target);
          }
        }
      }
    }
    return copy;
  }
}
