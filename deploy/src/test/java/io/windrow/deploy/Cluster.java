package io.windrow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** All objects that are applied together, and what they are to each other. */
record Cluster(List<Manifest> objects) {
  /** What runs pods. */
  Stream<Manifest> workloads() {
    return objects.stream().filter(Manifest::runsPods);
  }

  /** The workloads of Windrow's roles. */
  Stream<Manifest> roles() {
    return workloads().filter(Manifest::isRole);
  }

  /** Broker and store, where operators run them. */
  Stream<Operated> operated() {
    return objects.stream().flatMap(Operated::of);
  }

  Stream<Manifest> selected(JsonNode selector) {
    return workloads().filter(workload -> workload.isSelectedBy(selector));
  }

  /** What a check says of each container, and of which. */
  Stream<String> eachContainer(Function<JsonNode, Stream<String>> check) {
    return eachContainer(workload -> workload.containers().stream(), check);
  }

  /** The same of some of the containers. */
  Stream<String> eachContainer(
      Function<Manifest, Stream<JsonNode>> which, Function<JsonNode, Stream<String>> check) {
    return workloads()
        .flatMap(
            workload ->
                which
                    .apply(workload)
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

  /** A container's variables; those of secrets and of the pod are empty. */
  Map<String, String> environment(JsonNode container) {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode from : container.path("envFrom")) {
      configMap(from.at("/configMapRef/name").asText()).ifPresent(environment::putAll);
    }
    for (JsonNode variable : container.path("env")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText(""));
    }
    return environment;
  }

  Optional<Map<String, String>> configMap(String name) {
    return objects.stream()
        .filter(object -> object.is("ConfigMap") && object.name().equals(name))
        .map(object -> Manifest.texts(object.at("/data")))
        .findFirst();
  }
}
