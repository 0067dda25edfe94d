package io.windrow.cli.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What of an OpenAPI 3.1 document breaks those who wrote their programs by an earlier one: what is
 * gone, what must be given now, and what has another type.
 */
final class Compatibility {
  private final JsonNode before;
  private final JsonNode after;
  private final List<String> breaks = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private Compatibility(JsonNode before, JsonNode after) {
    this.before = before;
    this.after = after;
  }

  /** One line for each; empty if nobody has to change anything. */
  static List<String> breaks(JsonNode before, JsonNode after) {
    Compatibility compatibility = new Compatibility(before, after);
    compatibility.documents();
    return compatibility.breaks;
  }

  private void documents() {
    before
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operation(
                                method.getKey() + " " + path.getKey(),
                                method.getValue(),
                                after.path("paths").path(path.getKey()).path(method.getKey()))));
  }

  private void operation(String name, JsonNode old, JsonNode now) {
    if (now.isMissingNode()) {
      breaks.add(name + " is gone");
      return;
    }
    Map<String, JsonNode> oldParameters = parameters(old);
    Map<String, JsonNode> parameters = parameters(now);
    parameters.forEach(
        (parameter, value) -> {
          boolean required = value.path("required").asBoolean(false);
          JsonNode was = oldParameters.get(parameter);
          if (required && (was == null || !was.path("required").asBoolean(false))) {
            breaks.add(name + ": " + parameter + " must be given now");
          }
        });
    oldParameters.forEach(
        (parameter, was) -> {
          if (!parameters.containsKey(parameter)) {
            breaks.add(name + ": " + parameter + " is gone");
          } else {
            request(
                name + ": " + parameter,
                was.path("schema"),
                parameters.get(parameter).path("schema"));
          }
        });
    bodies(name + ": body", old.path("requestBody"), now.path("requestBody"), true);
    old.path("responses")
        .properties()
        .forEach(
            response -> {
              JsonNode still = now.path("responses").path(response.getKey());
              if (still.isMissingNode()) {
                breaks.add(name + ": response " + response.getKey() + " is gone");
              } else {
                bodies(name + ": " + response.getKey(), response.getValue(), still, false);
              }
            });
  }

  private static Map<String, JsonNode> parameters(JsonNode operation) {
    Map<String, JsonNode> named = new TreeMap<>();
    for (JsonNode parameter : operation.path("parameters")) {
      named.put(
          parameter.path("in").asString() + " " + parameter.path("name").asString(), parameter);
    }
    return named;
  }

  private void bodies(String name, JsonNode old, JsonNode now, boolean request) {
    if (request
        && now.path("required").asBoolean(false)
        && !old.path("required").asBoolean(false)) {
      breaks.add(name + " must be given now");
    }
    old.path("content")
        .properties()
        .forEach(
            type -> {
              JsonNode still = now.path("content").path(type.getKey());
              String at = name + " " + type.getKey();
              if (still.isMissingNode()) {
                breaks.add(at + " is gone");
              } else if (request) {
                request(at, type.getValue().path("schema"), still.path("schema"));
              } else {
                response(at, type.getValue().path("schema"), still.path("schema"));
              }
            });
  }

  /** What callers send must still be read. */
  private void request(String at, JsonNode old, JsonNode now) {
    schemas(at, old, now, true);
  }

  /** What callers read must still be there. */
  private void response(String at, JsonNode old, JsonNode now) {
    schemas(at, old, now, false);
  }

  private void schemas(String at, JsonNode oldRef, JsonNode nowRef, boolean request) {
    if (!seen.add(request + " " + oldRef + " " + nowRef)) {
      return; // a type of many places, or one that holds itself
    }
    JsonNode old = resolve(before, oldRef);
    JsonNode now = resolve(after, nowRef);
    Set<String> oldTypes = texts(old.path("type"));
    Set<String> types = texts(now.path("type"));
    // A reader that knows fewer types, or an answer of more, is one that somebody stumbles over.
    Set<String> some = request ? types : oldTypes;
    Set<String> all = request ? oldTypes : types;
    if (!some.isEmpty() && (all.isEmpty() || !some.containsAll(all))) {
      breaks.add(at + " was " + oldTypes + " and is " + types);
      return;
    }
    Set<String> gone = texts(old.path("enum"));
    gone.removeAll(texts(now.path("enum")));
    if (!gone.isEmpty() && !now.path("enum").isMissingNode()) {
      breaks.add(at + " is no more one of " + gone);
    }
    old.path("properties")
        .properties()
        .forEach(
            field -> {
              JsonNode still = now.path("properties").path(field.getKey());
              if (still.isMissingNode()) {
                breaks.add(at + "." + field.getKey() + " is gone");
              } else {
                schemas(at + "." + field.getKey(), field.getValue(), still, request);
              }
            });
    Set<String> required = texts(now.path("required"));
    required.removeAll(texts(old.path("required")));
    if (request && !required.isEmpty()) {
      breaks.add(at + ": " + required + " must be given now");
    }
    for (int i = 0; i < old.path("oneOf").size(); i++) {
      JsonNode still = now.path("oneOf").path(i);
      if (still.isMissingNode()) {
        breaks.add(at + ": choice " + i + " is gone");
      } else {
        schemas(at + ": choice " + i, old.path("oneOf").path(i), still, request);
      }
    }
    for (String part : List.of("items", "additionalProperties")) {
      if (old.path(part).isObject()) {
        schemas(at + "[]", old.path(part), now.path(part), request);
      }
    }
  }

  private static JsonNode resolve(JsonNode document, JsonNode schema) {
    String ref = schema.path("$ref").asString("");
    return ref.isEmpty() ? schema : document.at(ref.substring(1));
  }

  private static Set<String> texts(JsonNode one) {
    Set<String> texts = new TreeSet<>();
    if (one.isArray()) {
      one.forEach(each -> texts.add(each.asString()));
    } else if (one.isString()) {
      texts.add(one.asString());
    }
    return texts;
  }
}
