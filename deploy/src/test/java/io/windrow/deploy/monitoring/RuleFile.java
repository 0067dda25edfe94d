package io.windrow.deploy.monitoring;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The rules of Prometheus.
 *
 * @param groups as the file has them
 */
record RuleFile(Object groups) {
  static final Path FILE = Path.of("prometheus", "windrow.rules.yaml");

  /**
   * A rule.
   *
   * @param name of the alert, or of what is recorded
   * @param alert whether it is one
   */
  record Rule(
      String name, boolean alert, String expression, Map<?, ?> labels, Map<?, ?> annotations) {}

  static RuleFile read() {
    return new RuleFile(
        Objects.requireNonNull(((Map<?, ?>) yaml(KnownMetrics.text(FILE))).get("groups")));
  }

  static Object yaml(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  List<Rule> rules() {
    return ((List<?>) groups)
        .stream()
            .flatMap(group -> ((List<?>) child(group, "rules")).stream())
            .map(
                rule -> {
                  Map<?, ?> fields = (Map<?, ?>) rule;
                  boolean alert = fields.containsKey("alert");
                  return new Rule(
                      (String) child(rule, alert ? "alert" : "record"),
                      alert,
                      (String) child(rule, "expr"),
                      alert ? (Map<?, ?>) child(rule, "labels") : Map.of(),
                      alert ? (Map<?, ?>) child(rule, "annotations") : Map.of());
                })
            .toList();
  }

  List<Rule> alerts() {
    return rules().stream().filter(Rule::alert).toList();
  }

  /** What recording rules give. */
  Set<String> recorded() {
    return rules().stream()
        .filter(rule -> !rule.alert())
        .map(Rule::name)
        .collect(Collectors.toSet());
  }

  private static Object child(Object map, String key) {
    return Objects.requireNonNull(((Map<?, ?>) map).get(key), () -> key + " is missing in " + map);
  }
}
