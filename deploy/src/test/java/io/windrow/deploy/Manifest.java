package io.windrow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One object that is applied to Kubernetes. */
record Manifest(JsonNode tree) {
  static final YAMLMapper YAML = new YAMLMapper();
  private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Job");

  /** The objects of a text of several YAML documents. */
  static List<Manifest> parse(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      List<Manifest> manifests = new ArrayList<>();
      documents.forEachRemaining(
          tree -> {
            if (!tree.isNull() && !tree.isMissingNode()) {
              manifests.add(new Manifest(tree));
            }
          });
      return List.copyOf(manifests);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String kind() {
    return tree.path("kind").asText();
  }

  String apiVersion() {
    return tree.path("apiVersion").asText();
  }

  String name() {
    return tree.at("/metadata/name").asText();
  }

  boolean is(String kind) {
    return kind().equals(kind);
  }

  JsonNode at(String pointer) {
    return tree.at(pointer);
  }

  /** Whether it runs pods of its own. */
  boolean runsPods() {
    return WORKLOADS.contains(kind());
  }

  /** The template's pod. */
  JsonNode pod() {
    return tree.at("/spec/template/spec");
  }

  Map<String, String> podLabels() {
    return texts(tree.at("/spec/template/metadata/labels"));
  }

  /** Whether it runs one of Windrow's roles. */
  boolean isRole() {
    return containers().stream().anyMatch(Manifest::isRole);
  }

  boolean isLabelled(Map<String, String> labels) {
    return podLabels().entrySet().containsAll(labels.entrySet());
  }

  /** Whether a selector of labels means its pods. */
  boolean isSelectedBy(JsonNode selector) {
    return isLabelled(texts(selector.path("matchLabels")))
        && each(selector.path("matchExpressions"))
            .allMatch(
                expression -> {
                  String label = podLabels().get(expression.path("key").asText());
                  boolean named =
                      each(expression.path("values"))
                          .anyMatch(value -> value.asText().equals(label));
                  return switch (expression.path("operator").asText()) {
                    case "In" -> named;
                    case "NotIn" -> !named;
                    case "Exists" -> label != null;
                    default -> false;
                  };
                });
  }

  /** The ports that its containers name. */
  Map<String, Integer> ports() {
    Map<String, Integer> ports = new TreeMap<>();
    for (JsonNode container : containers()) {
      for (JsonNode port : container.path("ports")) {
        ports.put(port.path("name").asText(), port.path("containerPort").asInt());
      }
    }
    return ports;
  }

  /** The container that the pod is there for. */
  JsonNode main() {
    return pod().at("/containers/0");
  }

  /** All that run in the pod, the others after it. */
  List<JsonNode> containers() {
    return Stream.of("containers", "initContainers")
        .flatMap(list -> each(pod().path(list)))
        .toList();
  }

  /** Whether it runs until it is told to end. */
  boolean stays() {
    return runsPods() && !is("Job");
  }

  /** Whether the container is one of Windrow's roles. */
  static boolean isRole(JsonNode container) {
    return container
        .path("image")
        .asText()
        .matches("(.+/)?windrow/(coordinator|collector|worker):.*");
  }

  /** coordinator, collector or worker. */
  static String role(JsonNode container) {
    return container.path("image").asText().replaceFirst("^(?:.+/)?windrow/([^:/]+):.*$", "$1");
  }

  static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  static Map<String, String> texts(JsonNode map) {
    Map<String, String> texts = new TreeMap<>();
    map.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
