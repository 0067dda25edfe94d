package io.windrow.cli.chaos;

import io.windrow.cli.chaos.ChaosResult.Judged;
import io.windrow.cli.chaos.ChaosResult.Times;
import io.windrow.cli.chaos.Guarantee.Violation;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A result for people. */
final class Report {
  /** Violations of one guarantee that are shown; all are in the record. */
  private static final int SHOWN = 5;

  private Report() {}

  static List<String> lines(ChaosResult result) {
    List<String> lines = new ArrayList<>(faults(result.faults()));
    if (!result.recoveries().isEmpty()) {
      lines.add("");
      lines.addAll(recoveries(result.recoveries(), result.plan().lease()));
    }
    lines.add("");
    lines.add(
        "tasks: %s submitted (%s); attempts: %s"
            .formatted(
                Figures.count(result.tasks()), words(result.states()), words(result.attempts())));
    lines.add(
        "lost %d, duplicated %d, fenced writes %d"
            .formatted(result.lost(), result.duplicated(), result.fenced()));
    lines.add("");
    result.guarantees().forEach(each -> lines.addAll(judged(each)));
    if (!result.endedAlone().isEmpty()) {
      lines.add("broken: no process ends by itself: " + String.join(", ", result.endedAlone()));
    }
    return lines;
  }

  private static List<String> faults(Map<FaultKind, Long> faults) {
    Table table = new Table().left("fault").right("times");
    faults.forEach((kind, count) -> table.row(kind.words(), Figures.count(count)));
    return table.lines();
  }

  private static List<String> recoveries(List<Times> recoveries, Duration lease) {
    Table table =
        new Table()
            .left("recovery from")
            .left("others near")
            .right("times")
            .right("p50")
            .right("p99")
            .right("max")
            .left("wanted");
    for (Times each : recoveries) {
      table.row(
          each.kind().words(),
          each.alone() ? "no" : "yes",
          Figures.count(each.count()),
          Figures.seconds(each.p50()),
          Figures.seconds(each.p99()),
          Figures.seconds(each.max()),
          each.alone() ? wanted(each, lease) : "-");
    }
    return table.lines();
  }

  private static String wanted(Times times, Duration lease) {
    boolean worker = times.kind() == FaultKind.WORKER_KILL;
    Duration limit = worker ? lease.plusSeconds(5) : Duration.ofSeconds(10);
    return "%s below %s: %s"
        .formatted(
            worker ? "p99" : "max",
            Figures.seconds(limit),
            (worker ? times.p99() : times.max()).compareTo(limit) < 0 ? "yes" : "NO");
  }

  private static String words(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(each -> Figures.count(each.getValue()) + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private static List<String> judged(Judged guarantee) {
    List<Violation> violations = guarantee.violations();
    if (violations.isEmpty()) {
      return List.of("held: " + guarantee.promise());
    }
    List<String> lines = new ArrayList<>();
    lines.add("BROKEN %d times: %s".formatted(violations.size(), guarantee.promise()));
    violations.stream()
        .limit(SHOWN)
        .forEach(each -> lines.add("  %s: %s".formatted(each.task(), each.message())));
    lines.addAll(
        violations.size() > SHOWN
            ? List.of("  and %d more".formatted(violations.size() - SHOWN))
            : Collections.emptyList());
    return lines;
  }
}
