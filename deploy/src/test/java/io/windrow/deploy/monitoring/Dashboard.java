package io.windrow.deploy.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dashboard's file.
 *
 * @param name of the file, without its ending
 * @param root its content
 */
record Dashboard(String name, JsonNode root, int bytes) {
  private static final Path FOLDER = Path.of("grafana", "dashboards");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), *([a-z]+)\\)");
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * A query of a panel or an annotation.
   *
   * @param where for messages
   * @param legend what its series are called
   * @param type of its data source
   * @param datasource its uid
   */
  record Query(String where, String expression, String legend, String type, String datasource) {}

  /**
   * A variable that lists the values of a label.
   *
   * @param selector the series that have it
   * @param datasource the uid of its data source
   */
  record Variable(String name, String selector, String label, String datasource) {}

  /** All that are in the repository, by name. */
  static List<Dashboard> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Dashboard::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dashboard read(Path file) {
    return parse(
        file.getFileName().toString().replaceFirst("\\.json$", ""), KnownMetrics.text(file));
  }

  static Dashboard parse(String name, String json) {
    return new Dashboard(name, JSON.readTree(json), json.getBytes(StandardCharsets.UTF_8).length);
  }

  String uid() {
    return root.path("uid").asString("");
  }

  /** Rows, too. */
  List<JsonNode> allPanels() {
    return list(root.path("panels"));
  }

  List<JsonNode> panels() {
    return allPanels().stream()
        .filter(panel -> !panel.path("type").asString("").equals("row"))
        .toList();
  }

  Set<String> variables() {
    return list(root.path("templating").path("list")).stream()
        .map(each -> each.path("name").asString(""))
        .collect(Collectors.toSet());
  }

  /**
   * Those that ask Prometheus for the values of a label, as {@code label_values(series, label)}.
   */
  List<Variable> labelVariables() {
    return list(root.path("templating").path("list")).stream()
        .filter(each -> each.path("type").asString("").equals("query"))
        .map(Dashboard::variable)
        .toList();
  }

  private static Variable variable(JsonNode node) {
    String query = node.path("query").path("query").asString("");
    Matcher asked = LABEL_VALUES.matcher(query);
    if (!asked.matches()) {
      throw new IllegalArgumentException("no label_values(series, label): " + query);
    }
    return new Variable(
        node.path("name").asString(""),
        asked.group(1),
        asked.group(2),
        node.path("datasource").path("uid").asString(""));
  }

  /** Of panels and annotations. */
  List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        String where =
            "panel '%s' %s"
                .formatted(panel.path("title").asString(""), target.path("refId").asString(""));
        queries.add(query(where, target));
      }
    }
    queries.addAll(annotations());
    return queries;
  }

  List<Query> annotations() {
    return list(root.path("annotations").path("list")).stream()
        .map(each -> query("annotation '%s'".formatted(each.path("name").asString("")), each))
        .toList();
  }

  private static Query query(String where, JsonNode node) {
    JsonNode source = node.path("datasource");
    return new Query(
        where,
        node.path("expr").asString(""),
        node.path("legendFormat").asString(""),
        source.path("type").asString(""),
        source.path("uid").asString(""));
  }

  /** Addresses of its links and of its panels' data links. */
  List<String> links() {
    return Stream.concat(
            list(root.path("links")).stream(),
            panels().stream()
                .flatMap(
                    panel ->
                        list(panel.path("fieldConfig").path("defaults").path("links")).stream()))
        .map(link -> link.path("url").asString(""))
        .toList();
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
