package io.windrow.deploy.monitoring;

import io.windrow.deploy.monitoring.Promql.Call;
import io.windrow.deploy.monitoring.Promql.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is wrong with an expression of a dashboard or rule, as far as it can be told by its text.
 */
final class ExpressionLint {
  private static final Set<String> AGGREGATIONS =
      Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "quantile", "group");

  /** Of counters; rate's kin. */
  private static final Set<String> RATES = Set.of("rate", "increase", "irate");

  /** Given by scraping, not by the process. */
  private static final Set<String> TARGET_LABELS = Set.of("namespace", "pod", "instance", "job");

  private final KnownMetrics known;
  private final Set<String> recorded;

  /**
   * @param recorded names that recording rules give
   */
  ExpressionLint(KnownMetrics known, Set<String> recorded) {
    this.known = known;
    this.recorded = recorded;
  }

  /** What is wrong with it, wherever it stands; empty if nothing is. */
  List<String> problems(String expression) {
    Promql parsed;
    try {
      parsed = Promql.parse(expression);
    } catch (IllegalArgumentException e) {
      return List.of("cannot be read: " + e.getMessage());
    }
    List<String> problems = new ArrayList<>();
    for (Selector selector : parsed.selectors()) {
      if (recorded.contains(selector.metric())) {
        continue;
      }
      known
          .find(selector.metric())
          .ifPresentOrElse(
              metric -> used(selector, metric, expression, problems),
              () -> problems.add(selector.metric() + " is no metric that is known"));
    }
    return problems;
  }

  private static void used(
      Selector selector, Metric metric, String expression, List<String> problems) {
    List<String> calls = selector.calls().stream().map(Call::name).toList();
    String name = selector.metric();
    boolean rated = !calls.isEmpty() && RATES.contains(calls.get(0));
    if (metric.counter()) {
      // What a series had before it was there is nothing: its first value is its increase.
      boolean isNew = expression.contains(name) && expression.contains("unless " + name);
      if (!rated && !isNew) {
        problems.add(name + " is a counter and not in a rate");
      }
      if (calls.stream().noneMatch(AGGREGATIONS::contains)) {
        problems.add(name + " is a counter and not aggregated");
      }
    } else if (rated) {
      problems.add(name + " is a gauge: it has no " + calls.get(0));
    }
    if (metric.same() && (calls.isEmpty() || !calls.get(0).equals("max"))) {
      problems.add(name + " is the same from every process: it must be directly in a 'max by'");
    }
    Stream.concat(
            selector.matchers().keySet().stream(),
            selector.calls().stream().flatMap(call -> call.labels().stream()))
        .filter(label -> !metric.tags().contains(label) && !TARGET_LABELS.contains(label))
        .distinct()
        .forEach(label -> problems.add(name + " has no tag '" + label + "'"));
  }
}
