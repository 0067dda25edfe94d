package io.windrow.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboards are sound; and each rule that says so finds what it is for. */
class DashboardsTest {
  private static final KnownMetrics KNOWN = KnownMetrics.read();

  @Test
  void the_dashboards_are_sound() {
    List<Dashboard> all = Dashboard.all();
    Set<String> uids = all.stream().map(Dashboard::uid).collect(Collectors.toSet());
    DashboardLint lint =
        new DashboardLint(new ExpressionLint(KNOWN, RuleFile.read().recorded()), uids);

    assertThat(all)
        .extracting(Dashboard::name)
        .containsExactlyInAnyOrder("overview", "queue", "workers", "research", "platform");
    assertThat(
            all.stream()
                .flatMap(
                    each ->
                        lint.problems(each).stream().map(problem -> each.name() + ": " + problem))
                .toList())
        .isEmpty();
    assertThat(KnownMetrics.text(Path.of("grafana", "kustomization.yaml")))
        .as("each is given to Grafana")
        .contains(all.stream().map(each -> "[dashboards/%s.json]".formatted(each.name())).toList());
  }

  @Test
  void each_metric_of_the_list_of_libraries_is_used() {
    Set<String> used =
        Stream.concat(
                Dashboard.all().stream()
                    .flatMap(dashboard -> dashboard.queries().stream())
                    .map(Dashboard.Query::expression),
                RuleFile.read().rules().stream().map(RuleFile.Rule::expression))
            .flatMap(expression -> Promql.parse(expression).selectors().stream())
            .map(Promql.Selector::metric)
            .collect(Collectors.toSet());

    assertThat(used).containsAll(KnownMetrics.libraries().keySet());
  }

  @Test
  void a_sound_sample_has_no_problem() {
    assertThat(problems(SAMPLE)).isEmpty();
  }

  /** One word of the sample is replaced by another, and a rule must say so. */
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "windrow-sample | windrow-other | uid is not that of its file",
        "\"schemaVersion\": 39 | \"schemaVersion\": 36 | schemaVersion 36",
        "\"schemaVersion\": 39 | \"schemaVersion\": 42 | schemaVersion 42",
        "\"editable\": false | \"editable\": true | editable",
        "\"editable\": false | \"editable\": false, \"id\": 3 | an id",
        "\"editable\": false | \"editable\": false, \"__inputs\": [] | __inputs",
        "\"title\": \"Sample\" | \"title\": \"\" | it has no title",
        "\"type\": \"datasource\" | \"type\": \"adhoc\" | no variable 'datasource'",
        "\"x\": 12 | \"x\": 6 | lies over another",
        "\"x\": 12 | \"x\": 13 | outside of the 24 columns",
        "\"id\": 2 | \"id\": 1 | another's id",
        "\"title\": \"Lag\" | \"title\": \"\" | a panel has no title",
        "\"description\": \"Of records\" | \"description\": \"\" | has no description",
        "\"unit\": \"s\" | \"unit\": \"\" | has no unit",
        "/d/windrow-sample | /d/windrow-absent | leads to no dashboard",
        "\"uid\": \"${datasource}\"}, \"legendFormat\" | \"uid\": \"abc\"}, \"legendFormat\" | A: has a fixed data source",
        "\"uid\": \"${datasource}\"}, \"gridPos\" | \"uid\": \"abc\"}, \"gridPos\" | panel 'Lag' has a fixed data source",
        "\"type\": \"prometheus\", \"uid\": \"${datasource}\"}, \"legendFormat\" | \"type\": \"loki\", \"uid\": \"${datasource}\"}, \"legendFormat\" | A: has a fixed data source",
        "$__rate_interval | 5m | not [$__rate_interval]",
        "sum(rate(windrow_commit_fenced_total | (rate(windrow_commit_fenced_total | not aggregated",
        "rate(windrow_commit_fenced_total{namespace=~\\\"$namespace\\\"}[$__rate_interval]) | windrow_commit_fenced_total{namespace=~\\\"$namespace\\\"} | not in a rate",
        "rate(windrow_commit_fenced_total | rate(windrow_worker_slots | it has no rate",
        "max by (queue) (windrow_queue_demand | sum by (queue) (windrow_queue_demand | directly in a 'max by'",
        "sum(max by (queue) (windrow_queue_demand | max(sum by (queue) (windrow_queue_demand | directly in a 'max by'",
        "max by (queue) (windrow_queue_demand | max by (model) (windrow_queue_demand | has no tag 'model'",
        "(windrow_queue_demand{ | (windrow_queue_demand{model=\\\"a\\\", | has no tag 'model'",
        "(windrow_queue_demand{ | (windrow_queue_wishes{ | windrow_queue_wishes is no metric",
        "(windrow_queue_demand{ | (jvm_mood{ | jvm_mood is no metric",
        "(windrow_queue_demand{namespace=~\\\"$namespace\\\"} | (windrow_queue_demand | not limited to the chosen namespaces",
        "(windrow_queue_demand{ | (windrow_queue_demand{queue=~\\\"$queue\\\", | no variable queue",
        "}))\" | }))) \" | a ')' too many",
        "}))\" | })\" | a ')' is missing",
        "ALERTS{ | ALARMS{ | annotation 'Alerts': ALARMS is no metric",
        "label_values(windrow_coordinator_leader, namespace) | label_values(windrow_leader, namespace) | variable namespace: windrow_leader is no metric",
        "label_values(windrow_coordinator_leader, namespace) | label_values(windrow_coordinator_leader, queue) | variable namespace: windrow_coordinator_leader has no tag 'queue'",
        "label_values(windrow_coordinator_leader, namespace) | label_values(windrow_queue_demand{queue=~\\\"$other\\\"}, namespace) | variable namespace: no variable other",
        "\"datasource\": {\"uid\": \"${datasource}\"}, | \"datasource\": {\"uid\": \"abc\"}, | variable namespace: has a fixed data source",
        "\"legendFormat\": \"all\" | \"legendFormat\": \"{{pool}}\" | called by 'pool'",
        "\"targets\": [{ | \"targets\": [], \"others\": [{ | has no query",
      })
  void each_rule_can_fail(String from, String to, String problem) {
    assertThat(SAMPLE).contains(from);

    assertThat(problems(SAMPLE.replace(from, to)))
        .anySatisfy(each -> assertThat(each).contains(problem));
  }

  @Test
  void a_dashboard_that_is_too_large_is_told() {
    assertThat(problems(SAMPLE + " ".repeat(256 << 10)))
        .singleElement()
        .asString()
        .contains("larger than 256 KiB");
  }

  private static List<String> problems(String json) {
    return new DashboardLint(new ExpressionLint(KNOWN, Set.of()), Set.of("windrow-sample"))
        .problems(Dashboard.parse("sample", json));
  }

  private static final String SAMPLE =
      """
      {
        "uid": "windrow-sample", "title": "Sample", "description": "A sample.", "schemaVersion": 39, "editable": false,
        "links": [{"url": "/d/windrow-sample"}],
        "templating": {"list": [{"name": "datasource", "type": "datasource"}, {"name": "namespace", "type": "query", "datasource": {"uid": "${datasource}"},
          "query": {"query": "label_values(windrow_coordinator_leader, namespace)"}}]},
        "annotations": {"list": [{"name": "Alerts", "datasource": {"type": "prometheus", "uid": "${datasource}"},
          "expr": "ALERTS{namespace=~\\"$namespace\\"}"}]},
        "panels": [
          {"id": 1, "type": "timeseries", "title": "Lag", "description": "Of records",
            "datasource": {"type": "prometheus", "uid": "${datasource}"}, "gridPos": {"x": 0, "y": 0, "w": 12, "h": 8},
            "fieldConfig": {"defaults": {"unit": "s"}},
            "targets": [{"refId": "A", "datasource": {"type": "prometheus", "uid": "${datasource}"}, "legendFormat": "all", "expr": "sum(max by (queue) (windrow_queue_demand{namespace=~\\"$namespace\\"}))"}]},
          {"id": 2, "type": "timeseries", "title": "Fenced", "description": "Outcomes",
            "datasource": {"type": "prometheus", "uid": "${datasource}"}, "gridPos": {"x": 12, "y": 0, "w": 12, "h": 8},
            "fieldConfig": {"defaults": {"unit": "opm"}},
            "targets": [{"refId": "A", "datasource": {"type": "prometheus", "uid": "${datasource}"}, "expr": "sum(rate(windrow_commit_fenced_total{namespace=~\\"$namespace\\"}[$__rate_interval]))"}]}
        ]
      }
      """;
}
