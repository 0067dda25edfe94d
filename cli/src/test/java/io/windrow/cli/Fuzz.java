package io.windrow.cli;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests to an endpoint, some right, most wrong in one place or several. */
final class Fuzz {
  /** Values of addresses that programs have stumbled over. */
  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "fuzzy",
          "-1",
          "0",
          "1e309",
          "NaN",
          "null",
          "true",
          "99999999999999999999",
          "-2147483648",
          "\u0000",
          "\ud800",
          "\u00fc\u4e2d",
          "$where",
          "{\"$gt\":\"\"}",
          "../../etc",
          "a/b",
          "%",
          "%zz",
          "=",
          ",",
          "a,b,,c",
          "a".repeat(300),
          "a".repeat(2_000),
          "seq<",
          "model.class~(((",
          "model.kwargs.$ne=1",
          "segments.test in (2018, 2019-01-02)",
          "id in (",
          "metrics.IC>0.5",
          "record.0.class=SignalRecord",
          "seq>=0, seq<3");

  /** Values of bodies, as JSON or what looks like it. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "1",
          "-1",
          "1.5",
          "1e400",
          "-1e-400",
          "99999999999999999999",
          "true",
          "[]",
          "{}",
          "\"\"",
          "\"NaN\"",
          "NaN",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "[null]",
          "[\"none\"]",
          "[1,[2]]",
          "{\"IC\":1}",
          "{\"IC\":null}",
          "{\"IC\":1e400}",
          "{\"$set\":{\"a.b\":1}}",
          "{\"\\u0000\":1}",
          "{\"a\":".repeat(200) + "1" + "}".repeat(200),
          "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
          "[".repeat(10_000));

  /** What the API's headers may be. */
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Idempotency-Key", List.of("k1", "k2", "8e03978e-40d5-43e8-bc93-6894a57f9324"),
          "If-None-Match", List.of("*", "\"a\"", "W/\"a\", \"b\""),
          "If-Match", List.of("*", "\"a\"", "\"a\", \"b\""),
          "If-Range", List.of("\"a\"", "Sun, 06 Nov 1994 08:49:37 GMT"),
          "Range", List.of("bytes=0-0", "bytes=-5", "bytes=3-", "bytes=0-1,3-4", "bytes=999-"));

  private static final List<String> ODD_HEADERS =
      List.of(
          "",
          ",",
          "\"",
          "W/",
          "\"\"",
          "\"a",
          "a\"",
          "bytes=",
          "bytes=--1",
          "bytes=9-3",
          "bytes=99999999999999999999-",
          "bytes=-99999999999999999999",
          "bytes=0-0," + "1-1,".repeat(200),
          "rows=1-2",
          "a b\tc",
          "\u00e9",
          "k".repeat(3_000));

  private static final Pattern NAME = Pattern.compile("\\{\\*?(\\w+)}");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int LARGE = 2 << 20;

  private final Random random;
  private final Map<String, List<String>> known;
  private final List<JsonNode> documents;
  private final String workflow;

  /**
   * @param known by the name of a parameter, field or part of an address, what is there
   * @param documents JSON that is right somewhere
   * @param workflow YAML that is right
   */
  Fuzz(Random random, Map<String, List<String>> known, List<JsonNode> documents, String workflow) {
    this.random = random;
    this.known = known;
    this.documents = documents;
    this.workflow = workflow;
  }

  /**
   * A request.
   *
   * @param accept the media type asked for; empty for none
   */
  record Call(
      String method,
      String address,
      String type,
      String accept,
      String body,
      Map<String, String> headers) {
    Call(String method, String address, String type, String accept, String body) {
      this(method, address, type, accept, body, Map.of());
    }

    @Override
    public String toString() {
      String shown = body.length() > 300 ? body.substring(0, 300) + "..." : body;
      return "%s %.300s (%s, accepts '%s', %s) %s"
          .formatted(method, address, type, accept, headers, shown);
    }
  }

  Call call(MappedEndpoint endpoint) {
    String accept = one(12) ? pick(List.of("application/json", "image/png", "text/plain")) : "";
    return new Call(
        endpoint.method(),
        endpoint.root() + path(endpoint.pattern()) + query(endpoint.parameters()),
        type(endpoint.types()),
        accept,
        endpoint.method().equals("GET") ? "" : body(endpoint.body()),
        headers());
  }

  /** Some of the headers that say under which condition, and how often. */
  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    HEADERS.forEach(
        (name, values) -> {
          if (one(6)) {
            headers.put(name, pick(one(3) ? ODD_HEADERS : values));
          }
        });
    return headers;
  }

  private String path(String pattern) {
    return NAME.matcher(pattern)
        .replaceAll(
            part -> {
              String value = text(part.group(1));
              boolean none = value.isBlank() || value.equals(".") || value.equals("..");
              String there = none ? "none" : value;
              return Matcher.quoteReplacement(escape(there));
            });
  }

  private String query(List<String> parameters) {
    List<String> pairs = new ArrayList<>();
    for (String parameter : parameters) {
      if (one(2)) {
        pairs.add(parameter + "=" + escape(text(parameter)));
      }
    }
    if (one(5)) {
      pairs.add(pick(List.copyOf(known.keySet())) + "=" + escape(pick(ODD)));
    }
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  private String type(List<String> types) {
    if (one(15)) {
      return pick(List.of("text/plain", "application/json", "x/y", "application/octet-stream"));
    }
    return types.isEmpty() ? "application/json" : pick(types);
  }

  private String body(@Nullable Type type) {
    if (one(15)) {
      return pick(List.of("", "{", "[]", "null", "5", "\"x\"", "{\"pool\":", "\u0000", "{}}"));
    }
    if (one(60)) {
      return "{\"pool\": \"" + "x".repeat(LARGE) + "\"}";
    }
    if (type instanceof Class<?> record && record.isRecord()) {
      return object(
          Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList());
    }
    return type != null && type.getTypeName().contains("Map") ? mutant() : yaml();
  }

  /** Some of the fields, with values of which some fit. */
  private String object(List<String> fields) {
    List<String> pairs = new ArrayList<>();
    for (String field : fields) {
      if (!one(3)) {
        String value =
            known.containsKey(field) && one(2)
                ? pick(List.of("%s", "[%s]")).formatted(quoted(text(field)))
                : field.equals("workflow") && one(2) ? quoted(yaml()) : pick(VALUES);
        pairs.add(quoted(field) + ":" + value);
      }
    }
    return "{" + String.join(",", pairs) + "}";
  }

  /** What would be right, if one of its values were not another one. */
  private String mutant() {
    JsonNode whole = documents.get(random.nextInt(documents.size())).deepCopy();
    JsonNode at = whole;
    String mark = "the place of the other value";
    while (true) {
      List<String> keys = new ArrayList<>(at.propertyNames());
      if (at instanceof ArrayNode list && !list.isEmpty()) {
        int i = random.nextInt(list.size());
        if (!list.get(i).isContainer() || one(4)) {
          list.set(i, mark);
          break;
        }
        at = list.get(i);
      } else if (at instanceof ObjectNode map && !keys.isEmpty()) {
        String key = pick(keys);
        if (!map.get(key).isContainer() || one(4)) {
          map.put(key, mark);
          break;
        }
        at = map.get(key);
      } else {
        break;
      }
    }
    return whole.toString().replace(quoted(mark), pick(VALUES));
  }

  /** The workflow with a line replaced, left out, or made twice. */
  private String yaml() {
    List<String> lines = new ArrayList<>(workflow.lines().toList());
    int at = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(at, lines.get(at));
      case 2 -> lines.set(at, valued(lines.get(at), pick(VALUES)));
      default -> lines.set(at, pick(ODD));
    }
    return String.join("\n", lines);
  }

  /**
   * The workflow with each of its lines left out, there twice, or with each other value; by what is
   * other.
   */
  static Map<String, String> neighbours(String workflow) {
    List<String> lines = workflow.lines().toList();
    Map<String, String> all = new LinkedHashMap<>();
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      List<String> others = new ArrayList<>(List.of("", line + "\n" + line));
      VALUES.forEach(value -> others.add(valued(line, value)));
      for (String other : others) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(at, other);
        all.put("line %d: %.80s".formatted(at + 1, other), String.join("\n", changed));
      }
    }
    return all;
  }

  private static String valued(String line, String value) {
    return line.replaceFirst(":.*", ": " + Matcher.quoteReplacement(value));
  }

  private String text(String name) {
    return known.containsKey(name) && !one(3) ? pick(known.get(name)) : pick(ODD);
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
