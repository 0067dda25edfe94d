package io.windrow.cli.chaos;

import io.windrow.cli.chaos.Guarantee.Violation;
import io.windrow.cli.chaos.History.Ran;
import io.windrow.cli.chaos.History.Try;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a run.
 *
 * @param plan of the run
 * @param tasks how many were accepted
 * @param states tasks by the state they ended in
 * @param faults how many of each kind
 * @param lost tasks that are not there or have not ended
 * @param duplicated tasks that had more than one outcome
 * @param fenced outcomes thrown away because the task had moved on, as the workers logged them
 * @param attempts ended attempts by the history's word
 * @param recoveries by kind of fault
 * @param guarantees what held and what did not
 * @param endedAlone processes that ended without being asked to
 * @param history all that was recorded
 */
record ChaosResult(
    ChaosPlan plan,
    int tasks,
    Map<String, Long> states,
    Map<FaultKind, Long> faults,
    int lost,
    int duplicated,
    long fenced,
    Map<String, Long> attempts,
    List<Times> recoveries,
    List<Judged> guarantees,
    List<String> endedAlone,
    History history) {

  /** A guarantee and where it did not hold. */
  record Judged(String promise, List<Violation> violations) {}

  /**
   * How long recovery took.
   *
   * @param alone whether no other fault was near
   */
  record Times(FaultKind kind, boolean alone, int count, Duration p50, Duration p99, Duration max) {
    static Times of(FaultKind kind, boolean alone, List<Duration> times) {
      List<Duration> sorted = times.stream().sorted().toList();
      return new Times(
          kind, alone, sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    /** The smallest that the share does not exceed. */
    private static Duration at(List<Duration> sorted, double share) {
      return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }
  }

  static ChaosResult of(
      ChaosPlan plan,
      History history,
      List<Recovery> recoveries,
      long fenced,
      List<String> endedAlone) {
    return new ChaosResult(
        plan,
        history.submitted(),
        count(history.tasks().stream().map(task -> task.end().state()).toList()),
        history.faults().stream()
            .collect(
                Collectors.groupingBy(
                    Fault::kind, () -> new EnumMap<>(FaultKind.class), Collectors.counting())),
        EveryTaskEnds.lost(history).size(),
        (int) new OutcomesStay().violations(history).map(Violation::task).distinct().count(),
        fenced,
        count(
            history.tasks().stream()
                .map(Ran::tries)
                .flatMap(List::stream)
                .map(Try::outcome)
                .toList()),
        times(recoveries),
        Guarantee.all().stream()
            .map(each -> new Judged(each.promise(), each.violations(history).toList()))
            .toList(),
        endedAlone,
        history);
  }

  /** Whether everything that is promised was kept. */
  boolean held() {
    return lost == 0
        && duplicated == 0
        && endedAlone.isEmpty()
        && guarantees.stream().allMatch(each -> each.violations().isEmpty());
  }

  private static Map<String, Long> count(List<String> words) {
    return words.stream()
        .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
  }

  private static List<Times> times(List<Recovery> recoveries) {
    Map<FaultKind, Map<Boolean, List<Duration>>> grouped =
        recoveries.stream()
            .collect(
                Collectors.groupingBy(
                    Recovery::kind,
                    () -> new EnumMap<>(FaultKind.class),
                    Collectors.partitioningBy(
                        Recovery::alone, Collectors.mapping(Recovery::time, Collectors.toList()))));
    return grouped.entrySet().stream()
        .flatMap(
            kind ->
                kind.getValue().entrySet().stream()
                    .filter(times -> !times.getValue().isEmpty())
                    .map(times -> Times.of(kind.getKey(), times.getKey(), times.getValue())))
        .toList();
  }
}
