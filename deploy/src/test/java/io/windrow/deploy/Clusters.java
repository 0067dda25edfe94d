package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The clusters that deploy/README.md tells how to make, rendered: the overlays and their variants.
 */
final class Clusters {
  private static final List<String> SOURCES =
      List.of("base", "components", "overlays", "prometheus", "grafana");

  private final Kustomize kustomize = Kustomize.required();
  private final Map<String, String> rendered = new LinkedHashMap<>();
  private final Path scratch;

  /** Renders all; leaves the test out where nothing can, and says so. */
  Clusters(Path scratch) {
    this.scratch = scratch;
    rendered.put("dev", kustomize.render(Path.of("overlays", "dev")));
    rendered.put("prod", kustomize.render(Path.of("overlays", "prod")));
    for (String component : List.of("kafka-strimzi", "mongodb", "monitoring", "networkpolicy")) {
      variant("prod without " + component, "prod", copy -> leaveOut(copy, component));
    }
    variant(
        "prod without keda",
        "prod",
        copy -> {
          leaveOut(copy, "keda");
          eachQueue(
              copy,
              queue -> {
                queue.remove("components");
                removeFrom(
                    queue.withArray("patches"),
                    patch -> patch.at("/target/kind").asText().equals("ScaledObject"));
              });
        });
    variant(
        "prod with demand from Prometheus",
        "prod",
        copy ->
            eachQueue(
                copy,
                queue -> {
                  queue.withArray("components").add("../../../../components/keda/prometheus");
                  String name = queue.path("nameSuffix").asText().substring(1);
                  ObjectNode patch = (ObjectNode) queue.at("/patches/0");
                  patch.put(
                      "patch",
                      patch
                          .path("patch")
                          .asText()
                          .replace("/metadata/url", "/metadata/query")
                          .replace("/metadata/targetValue", "/metadata/threshold")
                          .replaceFirst(
                              "value: http:.*", "value: " + demandQuery().replace("QUEUE", name)));
                }));
    variant(
        "prod with data-sync",
        "prod",
        copy ->
            change(
                copy.resolve("overlays/prod"),
                overlay -> overlay.withArray("components").add("../../components/data-sync")));
    variant(
        "dev with the queue nightly",
        "dev",
        copy -> {
          String five = Readme.block("resources: [../../../../base/worker]");
          assertThat(five.strip().lines()).hasSize(5);
          write(copy.resolve("overlays/dev/queues/nightly/kustomization.yaml"), five);
          change(
              copy.resolve("overlays/dev"),
              overlay -> overlay.withArray("resources").add("queues/nightly"));
        });
  }

  /** By name, as texts of YAML. */
  Map<String, String> rendered() {
    return Map.copyOf(rendered);
  }

  List<Manifest> objects(String name) {
    return Manifest.parse(rendered.get(name));
  }

  /** What the component asks, with QUEUE for the queue. */
  private static String demandQuery() {
    JsonNode component =
        Manifest.read(Path.of("components", "keda", "prometheus", "kustomization.yaml"));
    return Manifest.parse(component.at("/patches/0/patch").asText())
        .get(0)
        .at("/value/0/metadata/query")
        .asText();
  }

  private void variant(String name, String overlay, Consumer<Path> change) {
    Path copy = scratch.resolve(name.replace(' ', '-'));
    for (String source : SOURCES) {
      try (Stream<Path> files = Files.walk(Path.of(source)).filter(Files::isRegularFile)) {
        for (Path file : files.toList()) {
          write(copy.resolve(file.toString()), Files.readString(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    change.accept(copy);
    rendered.put(name, kustomize.render(copy.resolve("overlays").resolve(overlay)));
  }

  private static void leaveOut(Path copy, String component) {
    change(
        copy.resolve("overlays/prod"),
        overlay ->
            removeFrom(
                overlay.withArray("components"),
                each -> each.asText().endsWith("components/" + component)));
  }

  private static void removeFrom(ArrayNode list, Predicate<JsonNode> unwanted) {
    int before = list.size();
    for (int i = list.size() - 1; i >= 0; i--) {
      if (unwanted.test(list.get(i))) {
        list.remove(i);
      }
    }
    assertThat(list.size()).isLessThan(before);
  }

  private static void eachQueue(Path copy, Consumer<ObjectNode> change) {
    for (String queue : List.of("default", "large")) {
      change(copy.resolve("overlays/prod/queues").resolve(queue), change);
    }
  }

  private static void change(Path folder, Consumer<ObjectNode> change) {
    Path file = folder.resolve("kustomization.yaml");
    ObjectNode tree = (ObjectNode) Manifest.read(file);
    change.accept(tree);
    try {
      Manifest.YAML.writeValue(file.toFile(), tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
