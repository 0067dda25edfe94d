package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.Answer;
import io.windrow.cli.chaos.History.End;
import io.windrow.cli.chaos.History.Ran;
import io.windrow.cli.chaos.History.Told;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The collector holds the outcome of every task that has ended, that one, and no other; and its
 * answers count the done ones.
 */
final class CollectionIsTheDoneTasks implements Guarantee {
  @Override
  public String promise() {
    return "the collection is the done tasks";
  }

  @Override
  public Stream<Violation> violations(History history) {
    Map<String, End> rows =
        history.collected().stream().collect(Collectors.toMap(Told::task, Told::end));
    Map<String, Ran> tasks = history.byId();
    Stream<Violation> wrong =
        history.tasks().stream()
            .filter(task -> task.end().terminal() && !task.end().equals(rows.get(task.id())))
            .map(
                task ->
                    new Violation(
                        task.id(), "is " + task.end() + ", collected as " + rows.get(task.id())));
    Stream<Violation> early =
        history.collected().stream()
            .filter(
                row -> !tasks.containsKey(row.task()) || !tasks.get(row.task()).end().terminal())
            .map(row -> new Violation(row.task(), "is collected and has not ended"));
    return Stream.of(wrong, early, miscounted(history)).flatMap(each -> each);
  }

  private static Stream<Violation> miscounted(History history) {
    long done = history.tasks().stream().filter(task -> task.end().done()).count();
    int collected = history.collections().stream().mapToInt(Answer::collected).sum();
    int missing = history.collections().stream().mapToInt(Answer::missing).sum();
    return done == collected && missing == 0
        ? Stream.empty()
        : Stream.of(
            new Violation(
                "all",
                "%d are done, the collections have %d and miss %d"
                    .formatted(done, collected, missing)));
  }
}
