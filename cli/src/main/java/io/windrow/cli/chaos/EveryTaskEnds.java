package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.Ran;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every task that was accepted is there, once, and has ended as it had to: failed if it was asked
 * to, else done; failed without being asked only when all its attempts are used up.
 */
final class EveryTaskEnds implements Guarantee {
  @Override
  public String promise() {
    return "every task ends in one state";
  }

  @Override
  public Stream<Violation> violations(History history) {
    Map<Integer, List<Ran>> tasks =
        history.tasks().stream().collect(Collectors.groupingBy(task -> task.wish().number()));
    Stream<Violation> absent =
        IntStream.range(0, history.submitted())
            .filter(number -> !tasks.containsKey(number))
            .mapToObj(number -> new Violation("number " + number, "is not there"));
    Stream<Violation> twice =
        tasks.values().stream()
            .filter(same -> same.size() > 1)
            .map(same -> new Violation(same.get(0).id(), "is there " + same.size() + " times"));
    return Stream.of(absent, twice, history.tasks().stream().flatMap(EveryTaskEnds::judge))
        .flatMap(each -> each);
  }

  /** Numbers of the tasks that are not there or have not ended. */
  static Set<Integer> lost(History history) {
    Set<Integer> lost =
        IntStream.range(0, history.submitted())
            .boxed()
            .collect(Collectors.toCollection(HashSet::new));
    history.tasks().stream()
        .filter(task -> task.end().terminal())
        .forEach(task -> lost.remove(task.wish().number()));
    return lost;
  }

  private static Stream<Violation> judge(Ran task) {
    String state = task.end().state();
    if (!task.end().terminal()) {
      return violation(task, "has not ended: it is " + state);
    }
    if (state.equals("cancelled") || (task.end().done() && task.wish().hopeless())) {
      return violation(task, "is " + state + ", which nobody asked for");
    }
    if (state.equals("failed") && !task.wish().hopeless() && task.charged() < task.mostAttempts()) {
      return violation(
          task, "failed after %d of %d attempts".formatted(task.charged(), task.mostAttempts()));
    }
    return Stream.empty();
  }

  private static Stream<Violation> violation(Ran task, String message) {
    return Stream.of(new Violation(task.id(), message));
  }
}
