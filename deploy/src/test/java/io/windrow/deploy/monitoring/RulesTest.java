package io.windrow.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.deploy.monitoring.RuleFile.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each alert can be acted upon: it is explained, shown by a dashboard, and tried both ways. */
class RulesTest {
  private static final Path RUNBOOK = Path.of("..", "docs", "runbook.md");
  private static final Path TRIALS = Path.of("prometheus", "tests");
  private static final Path CUSTOM_RESOURCE = Path.of("prometheus", "prometheusrule.yaml");

  private static final String HEAD =
      """
      # Made of windrow.rules.yaml by RulesTest: change that, then run it with -Dwindrow.rules=write.
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: windrow
        labels:
          app.kubernetes.io/part-of: windrow
      spec:
      """;

  private final RuleFile file = RuleFile.read();

  @Test
  void expressions_use_metrics_that_there_are_as_they_are_meant() {
    ExpressionLint lint = new ExpressionLint(KnownMetrics.read(), file.recorded());

    assertThat(file.rules())
        .allSatisfy(rule -> assertThat(lint.problems(rule.expression())).as(rule.name()).isEmpty());
  }

  @Test
  void every_alert_says_what_is_wrong_and_where_to_look() {
    Set<String> dashboards =
        Dashboard.all().stream().map(Dashboard::uid).collect(Collectors.toSet());

    assertThat(file.alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              assertThat(alert.name()).startsWith("Windrow");
              assertThat(Set.of("critical", "warning", "info"))
                  .as(alert.name())
                  .contains(text(alert.labels(), "severity"));
              assertThat(text(alert.annotations(), "summary")).as(alert.name()).endsWith(".");
              assertThat(text(alert.annotations(), "description")).as(alert.name()).endsWith(".");
              assertThat(text(alert.annotations(), "runbook_url"))
                  .isEqualTo("docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
              assertThat(dashboards)
                  .as(alert.name())
                  .contains(text(alert.annotations(), "dashboard_uid"));
            });
    assertThat(file.alerts()).extracting(Rule::name).doesNotHaveDuplicates();
  }

  @Test
  void the_runbook_has_an_entry_for_each_alert_and_no_other() {
    List<String> entries =
        KnownMetrics.text(RUNBOOK)
            .lines()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4).strip())
            .toList();

    assertThat(entries)
        .containsExactlyInAnyOrderElementsOf(file.alerts().stream().map(Rule::name).toList());
  }

  /** What promtool makes of them is {@link RulesIT}'s. */
  @Test
  void every_alert_is_tried_where_it_fires_and_where_it_does_not() throws IOException {
    Set<String> fires = new TreeSet<>();
    Set<String> isQuiet = new TreeSet<>();
    try (Stream<Path> files = Files.list(TRIALS)) {
      files
          .map(each -> (Map<?, ?>) RuleFile.yaml(KnownMetrics.text(each)))
          .flatMap(each -> ((List<?>) each.get("tests")).stream())
          .map(each -> (List<?>) ((Map<?, ?>) each).get("alert_rule_test"))
          .flatMap(List::stream)
          .map(each -> (Map<?, ?>) each)
          .forEach(
              each ->
                  (((List<?>) each.get("exp_alerts")).isEmpty() ? isQuiet : fires)
                      .add((String) each.get("alertname")));
    }
    Set<String> alerts = file.alerts().stream().map(Rule::name).collect(Collectors.toSet());

    assertThat(fires).containsExactlyInAnyOrderElementsOf(alerts);
    assertThat(isQuiet).containsExactlyInAnyOrderElementsOf(alerts);
  }

  @Test
  void the_custom_resource_has_the_same_rules() throws IOException {
    if ("write".equals(System.getProperty("windrow.rules"))) {
      Files.writeString(CUSTOM_RESOURCE, customResource());
    }

    assertThat(KnownMetrics.text(CUSTOM_RESOURCE)).isEqualTo(customResource());
    Map<?, ?> resource = (Map<?, ?>) RuleFile.yaml(KnownMetrics.text(CUSTOM_RESOURCE));
    assertThat(((Map<?, ?>) resource.get("spec")).get("groups")).isEqualTo(file.groups());
  }

  private static String customResource() {
    return KnownMetrics.text(RuleFile.FILE)
        .lines()
        .dropWhile(line -> !line.startsWith("groups:"))
        .map(line -> line.isEmpty() ? line : "  " + line)
        .collect(Collectors.joining("\n", HEAD, "\n"));
  }

  private static String text(Map<?, ?> fields, String key) {
    return String.valueOf(fields.get(key));
  }
}
