package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.End;
import io.windrow.cli.chaos.History.Ran;
import io.windrow.cli.chaos.History.Try;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An outcome is for ever: whenever a finished task was looked at, and whatever was published about
 * it, it was this one; and its history has one end, which is its last entry.
 */
final class OutcomesStay implements Guarantee {
  @Override
  public String promise() {
    return "no outcome is overwritten";
  }

  @Override
  public Stream<Violation> violations(History history) {
    Map<String, List<End>> seen = new HashMap<>();
    history.seen().forEach(one -> add(seen, one.task(), one.end()));
    Map<String, List<End>> published = new HashMap<>();
    history.published().forEach(one -> add(published, one.task(), one.end()));
    return history.tasks().stream()
        .flatMap(
            task ->
                Stream.of(
                        others(task, seen.getOrDefault(task.id(), List.of()), "was seen as "),
                        others(task, published.getOrDefault(task.id(), List.of()), "was told as "),
                        entries(task))
                    .flatMap(each -> each));
  }

  private static void add(Map<String, List<End>> ends, String task, End end) {
    ends.computeIfAbsent(task, id -> new ArrayList<>()).add(end);
  }

  private static Stream<Violation> others(Ran task, List<End> ends, String how) {
    return ends.stream()
        .filter(end -> !end.equals(task.end()))
        .distinct()
        .map(end -> new Violation(task.id(), how + end + " and is " + task.end()));
  }

  private static Stream<Violation> entries(Ran task) {
    List<Try> tries = task.tries();
    for (int i = 0; i < tries.size() - 1; i++) {
      if (ends(tries.get(i), task)) {
        return Stream.of(
            new Violation(
                task.id(),
                "ended with attempt %d of %s as %s, and then %s"
                    .formatted(
                        tries.get(i).attempt(),
                        tries.get(i).worker(),
                        tries.get(i).outcome(),
                        tries.subList(i + 1, tries.size()))));
      }
    }
    return Stream.empty();
  }

  /** The last attempt allowed ends the task also when it runs out. */
  private static boolean ends(Try one, Ran task) {
    return one.last() || (one.outcome().equals("expired") && one.attempt() >= task.mostAttempts());
  }
}
