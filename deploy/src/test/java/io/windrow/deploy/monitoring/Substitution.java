package io.windrow.deploy.monitoring;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Grafana puts where a query has a variable.
 *
 * @param values by name
 * @param otherwise for variables without a value
 */
record Substitution(Map<String, String> values, String otherwise) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]+)}?");

  /** Nothing is chosen, as when a dashboard is opened. */
  static Substitution everything() {
    return new Substitution(
        Map.of("__rate_interval", "30s", "job", "windrow-(coordinator|worker|collector)"), ".*");
  }

  /** The same with a variable's value chosen. */
  Substitution with(String variable, String value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(variable, value);
    return new Substitution(Map.copyOf(more), otherwise);
  }

  String in(String expression) {
    return VARIABLE
        .matcher(expression)
        .replaceAll(
            found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), otherwise)));
  }
}
