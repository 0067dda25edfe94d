package io.windrow.deploy.monitoring;

import io.windrow.deploy.monitoring.Dashboard.Query;
import io.windrow.deploy.monitoring.Dashboard.Variable;
import io.windrow.deploy.monitoring.Promql.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** What is wrong with a dashboard; each line says where. */
final class DashboardLint {
  private static final int COLUMNS = 24;
  private static final int NEWEST_CLASSIC = 41;
  private static final int OLDEST = 39;
  private static final int MOST_BYTES = 256 << 10;
  private static final String SOURCE = "${datasource}";
  private static final Pattern LEGEND = Pattern.compile("\\{\\{ *([a-z]+) *}}");
  private static final Pattern ADDRESS = Pattern.compile("/d/([^/?]+)");

  /** Of Grafana itself. */
  private static final Set<String> GIVEN = Set.of("__rate_interval", "__interval", "__range");

  private final ExpressionLint expressions;
  private final Set<String> uids;

  /**
   * @param uids of all dashboards that links may lead to
   */
  DashboardLint(ExpressionLint expressions, Set<String> uids) {
    this.expressions = expressions;
    this.uids = uids;
  }

  List<String> problems(Dashboard dashboard) {
    List<String> problems = new ArrayList<>();
    whole(dashboard, problems);
    layout(dashboard, problems);
    dashboard.panels().forEach(panel -> panel(panel, problems));
    links(dashboard, problems);
    Set<String> variables = dashboard.variables();
    dashboard.labelVariables().forEach(variable -> variable(variable, variables, problems));
    for (Query query : dashboard.queries()) {
      query(query, variables, problems);
    }
    return problems;
  }

  private static void whole(Dashboard dashboard, List<String> problems) {
    JsonNode root = dashboard.root();
    if (!root.path("uid").asString("").equals("windrow-" + dashboard.name())) {
      problems.add("its uid is not that of its file, windrow-" + dashboard.name());
    }
    int schema = root.path("schemaVersion").asInt(0);
    if (schema < OLDEST || schema > NEWEST_CLASSIC) {
      problems.add("schemaVersion %d is not 39 to 41".formatted(schema));
    }
    if (root.path("editable").asBoolean(true)) {
      problems.add("it is editable: what is changed in the browser is lost");
    }
    if (root.has("id") || root.has("__inputs")) {
      problems.add("it has an id or __inputs, which one Grafana gave it");
    }
    if (root.path("title").asString("").isBlank()
        || root.path("description").asString("").isBlank()) {
      problems.add("it has no title or no description");
    }
    if (StreamSupport.stream(root.path("templating").path("list").spliterator(), false)
        .noneMatch(
            each ->
                each.path("name").asString("").equals("datasource")
                    && each.path("type").asString("").equals("datasource"))) {
      problems.add("it has no variable 'datasource'");
    }
    if (dashboard.bytes() > MOST_BYTES) {
      problems.add("it is larger than 256 KiB, which a ConfigMap's annotation cannot hold");
    }
  }

  private static void layout(Dashboard dashboard, List<String> problems) {
    Set<String> taken = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.allPanels()) {
      String title = panel.path("title").asString("");
      JsonNode pos = panel.path("gridPos");
      int x = pos.path("x").asInt(-1);
      int y = pos.path("y").asInt(-1);
      int w = pos.path("w").asInt(0);
      int h = pos.path("h").asInt(0);
      if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > COLUMNS) {
        problems.add("panel '%s' is outside of the %d columns".formatted(title, COLUMNS));
      }
      boolean over = false;
      for (int column = x; column < x + w; column++) {
        for (int line = y; line < y + h; line++) {
          over |= !taken.add(column + "," + line);
        }
      }
      if (over) {
        problems.add("panel '%s' lies over another".formatted(title));
      }
      if (!ids.add(panel.path("id").asInt(0))) {
        problems.add("panel '%s' has another's id".formatted(title));
      }
    }
  }

  private static void panel(JsonNode panel, List<String> problems) {
    String title = panel.path("title").asString("");
    if (title.isBlank()) {
      problems.add("a panel has no title");
    }
    if (panel.path("description").asString("").isBlank()) {
      problems.add("panel '%s' has no description".formatted(title));
    }
    JsonNode defaults = panel.path("fieldConfig").path("defaults");
    if (defaults.path("unit").asString("").isBlank()) {
      problems.add("panel '%s' has no unit".formatted(title));
    }
    if (panel.path("targets").isEmpty()) {
      problems.add("panel '%s' has no query".formatted(title));
    }
    if (!SOURCE.equals(panel.path("datasource").path("uid").asString(""))) {
      problems.add("panel '%s' has a fixed data source".formatted(title));
    }
  }

  private void links(Dashboard dashboard, List<String> problems) {
    for (String url : dashboard.links()) {
      Matcher address = ADDRESS.matcher(url);
      if (!address.find() || !uids.contains(address.group(1))) {
        problems.add("link '%s' leads to no dashboard".formatted(url));
      }
    }
  }

  /** It lists values of a label that its series have. */
  private void variable(Variable variable, Set<String> variables, List<String> problems) {
    // As a query that reads the same.
    String asQuery = "max by (%s) (%s)".formatted(variable.label(), variable.selector());
    List<String> own = new ArrayList<>(expressions.problems(asQuery));
    if (!SOURCE.equals(variable.datasource())) {
      own.add("has a fixed data source");
    }
    Promql.parse(asQuery).variables().stream()
        .filter(used -> !variables.contains(used))
        .forEach(used -> own.add("no variable " + used));
    own.forEach(each -> problems.add("variable %s: %s".formatted(variable.name(), each)));
  }

  private void query(Query query, Set<String> variables, List<String> problems) {
    List<String> own = new ArrayList<>(expressions.problems(query.expression()));
    if (!SOURCE.equals(query.datasource()) || !query.type().equals("prometheus")) {
      own.add("has a fixed data source");
    }
    if (own.stream().noneMatch(each -> each.startsWith("cannot be read"))) {
      Promql parsed = Promql.parse(query.expression());
      parsed.selectors().forEach(selector -> selector(selector, own));
      legend(query, parsed, own);
      Set<String> unknown = new HashSet<>(parsed.variables());
      unknown.removeAll(variables);
      unknown.removeAll(GIVEN);
      if (!unknown.isEmpty()) {
        own.add(unknown.stream().sorted().collect(Collectors.joining(", ", "no variable ", "")));
      }
    }
    own.forEach(each -> problems.add("%s: %s".formatted(query.where(), each)));
  }

  /** A series can only be called by labels that its query keeps. */
  private static void legend(Query query, Promql parsed, List<String> problems) {
    Set<String> kept =
        parsed.selectors().stream()
            .flatMap(selector -> selector.calls().stream())
            .flatMap(call -> call.labels().stream())
            .collect(Collectors.toSet());
    kept.addAll(
        parsed.selectors().stream()
            .filter(selector -> selector.calls().isEmpty())
            .flatMap(selector -> selector.matchers().keySet().stream())
            .toList());
    Matcher label = LEGEND.matcher(query.legend());
    while (label.find()) {
      if (!kept.contains(label.group(1))) {
        problems.add(
            "its series are called by '%s', which they have not".formatted(label.group(1)));
      }
    }
  }

  private static void selector(Selector selector, List<String> problems) {
    if (!selector.range().isEmpty() && !selector.range().equals("$__rate_interval")) {
      problems.add("a range is [%s], not [$__rate_interval]".formatted(selector.range()));
    }
    if (!"=~$namespace".equals(selector.matchers().get("namespace"))) {
      problems.add(selector.metric() + " is not limited to the chosen namespaces");
    }
  }
}
