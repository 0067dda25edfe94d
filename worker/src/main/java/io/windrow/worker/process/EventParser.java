package io.windrow.worker.process;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads one line of the protocol. Strict: what it does not know, it refuses. */
final class EventParser {
  /** The version this worker speaks. */
  static final int PROTOCOL = 1;

  private static final int MAX_MESSAGE = 2_000;
  private static final Set<String> TYPES =
      new TreeSet<>(
          Set.of(
              "hello",
              "params",
              "metrics",
              "progress",
              "artifact",
              "heartbeat",
              "result",
              "failure"));

  /** No {@code $}, no control characters: names end up as keys of the store. */
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} _.:/@%+()-]{0,199}");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private EventParser() {}

  /**
   * The event of a line.
   *
   * @throws ProtocolException saying what is wrong with it
   */
  static Event parse(byte[] line) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JacksonException e) {
      throw new ProtocolException("is not JSON: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw new ProtocolException("is not a JSON object");
    }
    String type = text(node, "type");
    return switch (type) {
      case "hello" -> {
        only(node, "protocol", "client");
        yield new Event.Hello(whole(node, "protocol"));
      }
      case "params" -> {
        only(node, "values");
        yield new Event.Params(params(node));
      }
      case "metrics" -> {
        only(node, "step", "values");
        yield new Event.Metrics(
            node.has("step") ? whole(node, "step") : 0, numbers(node, "values"));
      }
      case "progress" -> {
        only(node, "fraction", "message");
        yield new Event.Progress(fraction(node), cut(optional(node, "message", "")));
      }
      case "artifact" -> {
        only(node, "path", "name");
        String path = text(node, "path");
        yield new Event.Artifact(path, optional(node, "name", path));
      }
      case "heartbeat" -> {
        only(node);
        yield new Event.Heartbeat();
      }
      case "result" -> {
        only(node, "metrics");
        yield new Event.Result(node.has("metrics") ? numbers(node, "metrics") : Map.of());
      }
      case "failure" -> {
        only(node, "message");
        yield new Event.Failure(cut(text(node, "message")));
      }
      default ->
          throw new ProtocolException(
              "has the unknown type '" + cut(type) + "'; known: " + String.join(", ", TYPES));
    };
  }

  private static void only(JsonNode node, String... keys) {
    Set<String> known = Set.of(keys);
    for (String key : node.propertyNames()) {
      if (!key.equals("type") && !known.contains(key)) {
        throw new ProtocolException(
            "has the unknown key '" + cut(key) + "'; known: " + new TreeSet<>(known));
      }
    }
  }

  private static String text(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isString() || value.stringValue().isEmpty()) {
      throw new ProtocolException("'" + key + "' must be a text, not " + shown(value));
    }
    return value.stringValue();
  }

  private static String optional(JsonNode node, String key, String absent) {
    return node.has(key) ? text(node, key) : absent;
  }

  private static int whole(JsonNode node, String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isInt() || value.intValue() < 0) {
      throw new ProtocolException(
          "'" + key + "' must be a whole number from 0, not " + shown(value));
    }
    return value.intValue();
  }

  private static double fraction(JsonNode node) {
    JsonNode value = node.get("fraction");
    double fraction = number("fraction", value);
    if (fraction < 0 || fraction > 1) {
      throw new ProtocolException("'fraction' must be from 0 to 1, not " + shown(value));
    }
    return fraction;
  }

  private static double number(String name, @Nullable JsonNode value) {
    if (value == null || !value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new ProtocolException("'" + name + "' must be a finite number, not " + shown(value));
    }
    return value.doubleValue();
  }

  private static Map<String, Double> numbers(JsonNode node, String key) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    each(node, key, (name, value) -> numbers.put(name, number(name, value)));
    return numbers;
  }

  private static Map<String, String> params(JsonNode node) {
    Map<String, String> params = new LinkedHashMap<>();
    each(
        node,
        "values",
        (name, value) -> {
          if (value.isContainer() || value.isNull()) {
            throw new ProtocolException(
                "'" + name + "' must be a text, a number or true or false, not " + shown(value));
          }
          params.put(name, cut(value.asString()));
        });
    return params;
  }

  private static void each(JsonNode node, String key, BiConsumer<String, JsonNode> visitor) {
    JsonNode values = node.get(key);
    if (values == null || !values.isObject()) {
      throw new ProtocolException("'" + key + "' must be an object, not " + shown(values));
    }
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      if (!NAME.matcher(entry.getKey()).matches()) {
        throw new ProtocolException(
            "'"
                + cut(entry.getKey())
                + "' cannot be a name: use up to 200 letters, digits and"
                + " .:/@%+()-_ or spaces");
      }
      visitor.accept(entry.getKey(), entry.getValue());
    }
  }

  private static String shown(@Nullable JsonNode value) {
    return value == null ? "absent" : cut(value.toString());
  }

  private static String cut(String text) {
    return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
  }
}
