package io.windrow.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Kubernetes' own description of its objects, and those of operators, as JSON schemas for
 * kubeconform. They come from Go modules that deploy/check/install-tools fetches, whose versions
 * are written there.
 */
final class Schemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEFINITIONS = "#/definitions/";

  private final Path kubeconform;
  private final Path folder;

  private Schemas(Path kubeconform, Path folder) {
    this.kubeconform = kubeconform;
    this.folder = folder;
  }

  /** Leaves the test out where the tool or the sources are missing, and says so. */
  static Schemas required(Path scratch) throws IOException {
    Path kubeconform = Tool.find("kubeconform").orElse(null);
    assumeTrue(
        kubeconform != null, "kubeconform is not in the PATH: run deploy/check/install-tools");
    Path go = Tool.find("go").orElse(null);
    assumeTrue(go != null, "schemas come from Go modules, and go is not in the PATH");
    Path modules = Path.of(Tool.run(List.of(go.toString(), "env", "GOMODCACHE")).strip());
    Path kubernetes = module(modules, "k8s.io/kubernetes");
    Path keda = module(modules, "github.com/kedacore/keda/v2");
    Path mongodb = module(modules, "github.com/mongodb/mongodb-kubernetes-operator");

    Path folder = Files.createDirectories(scratch.resolve("schemas"));
    writeKinds(JSON.readTree(kubernetes.resolve("api/openapi-spec/swagger.json").toFile()), folder);
    for (Path crds :
        List.of(keda.resolve("config/crd/bases"), mongodb.resolve("config/crd/bases"))) {
      try (Stream<Path> files = Files.list(crds)) {
        for (Path file : files.toList()) {
          writeCustom(Manifest.read(file), folder);
        }
      }
    }
    return new Schemas(kubeconform, folder);
  }

  /**
   * Strimzi and Prometheus' operator have no Go module with a schema that is small enough; {@link
   * StrictModels} has their models.
   */
  void check(String manifests, String name) throws IOException {
    Path file = Files.writeString(folder.resolveSibling(name + ".yaml"), manifests);
    Tool.run(
        List.of(
            kubeconform.toString(),
            "-strict",
            "-summary",
            "-skip",
            "Kafka,KafkaNodePool,KafkaUser,PodMonitor,PrometheusRule",
            "-schema-location",
            folder + "/{{.ResourceKind}}{{.KindSuffix}}.json",
            file.toString()));
  }

  private static Path module(Path modules, String name) {
    Path parent = modules.resolve(name).getParent();
    String prefix = modules.resolve(name).getFileName() + "@";
    Path found = null;
    if (Files.isDirectory(parent)) {
      try (Stream<Path> versions = Files.list(parent)) {
        found =
            versions
                .filter(version -> version.getFileName().toString().startsWith(prefix))
                .max(Path::compareTo)
                .orElse(null);
      } catch (IOException e) {
        throw new IllegalStateException("cannot look for Go modules in " + parent, e);
      }
    }
    assumeTrue(found != null, name + " is not fetched: run deploy/check/install-tools");
    return found;
  }

  private static void writeKinds(JsonNode openApi, Path folder) throws IOException {
    JsonNode definitions = openApi.path("definitions");
    for (var definition : definitions.properties()) {
      for (JsonNode kind : definition.getValue().path("x-kubernetes-group-version-kind")) {
        write(
            folder,
            kind.path("group").asText(),
            kind.path("version").asText(),
            kind.path("kind").asText(),
            withWhatItNeeds(definition.getKey(), definitions));
      }
    }
  }

  private static ObjectNode withWhatItNeeds(String name, JsonNode definitions) {
    ObjectNode needed = JSON.createObjectNode();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String next = open.pop();
      if (!seen.add(next)) {
        continue;
      }
      JsonNode definition = strict(definitions.path(next).deepCopy());
      if (next.endsWith(".IntOrString")) {
        definition =
            JSON.createObjectNode().set("type", JSON.valueToTree(List.of("string", "integer")));
      } else if (next.endsWith(".Quantity")) {
        definition =
            JSON.createObjectNode().set("type", JSON.valueToTree(List.of("string", "number")));
      }
      needed.set(next, definition);
      definition.findValuesAsText("$ref").stream()
          // A property may be called so, too.
          .filter(reference -> reference.startsWith(DEFINITIONS))
          .forEach(reference -> open.push(reference.substring(DEFINITIONS.length())));
    }
    ObjectNode schema = JSON.createObjectNode().put("$ref", DEFINITIONS + name);
    schema.set("definitions", needed);
    return schema;
  }

  private static void writeCustom(JsonNode definition, Path folder) throws IOException {
    for (JsonNode version : definition.at("/spec/versions")) {
      JsonNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
      // What every object has, and its definition leaves to Kubernetes.
      ((ObjectNode) schema.path("properties")).set("metadata", JSON.createObjectNode());
      write(
          folder,
          definition.at("/spec/group").asText(),
          version.path("name").asText(),
          definition.at("/spec/names/kind").asText(),
          strict(schema));
    }
  }

  /** An object with named properties has no others. */
  private static JsonNode strict(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      if (object.path("properties").isObject()
          && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean(false)
          && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      if (object.path("x-kubernetes-int-or-string").asBoolean(false)) {
        object.remove("anyOf");
        object.set("type", JSON.valueToTree(List.of("string", "integer")));
      }
    }
    schema.forEach(Schemas::strict);
    return schema;
  }

  private static void write(Path folder, String group, String version, String kind, JsonNode schema)
      throws IOException {
    String suffix = group.isEmpty() ? version : group.replaceFirst("\\..*", "") + "-" + version;
    JSON.writeValue(
        folder.resolve("%s-%s.json".formatted(kind.toLowerCase(Locale.ROOT), suffix)).toFile(),
        schema);
  }
}
