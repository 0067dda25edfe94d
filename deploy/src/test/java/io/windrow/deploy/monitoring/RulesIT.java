package io.windrow.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What Prometheus itself says of rules, their trials and the dashboards' queries. */
class RulesIT {
  @Test
  void the_rules_can_be_loaded() throws Exception {
    assertThat(Promtool.check("check", "rules", RuleFile.FILE.toString())).contains("SUCCESS");
  }

  @Test
  void alerts_fire_when_they_should_and_only_then() throws Exception {
    List<String> args = new ArrayList<>(List.of("test", "rules"));
    try (Stream<Path> files = Files.list(Path.of("prometheus", "tests"))) {
      files.sorted().map(Path::toString).forEach(args::add);
    }

    Promtool.check(args.toArray(String[]::new));
  }

  @Test
  void queries_of_dashboards_are_promql(@TempDir Path folder) throws Exception {
    List<String> queries =
        Dashboard.all().stream()
            .flatMap(dashboard -> dashboard.queries().stream())
            .map(query -> Substitution.everything().in(query.expression()))
            .toList();

    assertThat(Promtool.check("check", "rules", asRules(folder, queries).toString()))
        .contains("SUCCESS: %d rules found".formatted(queries.size()));
    Path broken = asRules(folder, List.of("sum(up"));
    assertThatThrownBy(() -> Promtool.check("check", "rules", broken.toString()))
        .hasMessageContaining("unclosed left parenthesis");
  }

  /** A rule for each; JSON is YAML. */
  private static Path asRules(Path folder, List<String> queries) throws IOException {
    List<Map<String, String>> rules = new ArrayList<>();
    for (String query : queries) {
      rules.add(Map.of("record", "query_" + rules.size(), "expr", query));
    }
    return Files.writeString(
        folder.resolve("queries.yaml"),
        JsonMapper.shared()
            .writeValueAsString(
                Map.of("groups", List.of(Map.of("name", "queries", "rules", rules)))));
  }
}
