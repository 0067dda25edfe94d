package io.windrow.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Pods of broker and store, which an operator makes of an object of its own.
 *
 * @param object what is applied
 * @param pod what it says of the pods
 * @param labels that tell them from others
 */
record Operated(Manifest object, JsonNode pod, Map<String, String> labels) {
  /** Those that the object stands for, if it does for any. */
  static Stream<Operated> of(Manifest object) {
    return switch (object.kind()) {
      case "MongoDBCommunity" ->
          Stream.of(
              new Operated(
                  object,
                  object.at("/spec/statefulSet/spec/template/spec"),
                  Manifest.texts(object.at("/spec/statefulSet/spec/template/metadata/labels"))));
      // Strimzi labels them so.
      case "KafkaNodePool" ->
          Stream.of(
              new Operated(
                  object,
                  object.at("/spec/template/pod"),
                  Map.of(
                      "strimzi.io/cluster",
                      object.at("/metadata/labels/strimzi.io~1cluster").asText(),
                      "strimzi.io/pool-name",
                      object.name())));
      default -> Stream.empty();
    };
  }

  boolean isLabelled(Map<String, String> wanted) {
    return labels.entrySet().containsAll(wanted.entrySet());
  }
}
