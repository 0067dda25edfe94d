package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.Left;
import io.windrow.cli.chaos.History.Ran;
import io.windrow.cli.chaos.History.Try;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A done task's recorder is finished and holds all that the task was asked to write, written by the
 * attempt that the history names; no other attempt's recorder says that it is finished, or still
 * running.
 */
final class ArtifactsAreTheWinners implements Guarantee {
  private static final String FINISHED = "finished";
  private static final String RUNNING = "running";
  private static final long KIB = 1024;

  @Override
  public String promise() {
    return "no artifact of a losing attempt is visible";
  }

  @Override
  public Stream<Violation> violations(History history) {
    Map<String, List<Left>> recorders =
        history.recorders().stream().collect(Collectors.groupingBy(Left::task));
    return history.tasks().stream()
        .filter(task -> task.end().terminal())
        .flatMap(task -> judge(task, recorders.getOrDefault(task.id(), List.of())));
  }

  private static Stream<Violation> judge(Ran task, List<Left> recorders) {
    String own = task.end().recorder();
    Stream<Violation> losers =
        recorders.stream()
            .filter(left -> !left.recorder().equals(own))
            .filter(left -> left.status().equals(FINISHED) || left.status().equals(RUNNING))
            .map(
                left ->
                    violation(
                        task,
                        "%s is %s, not the result's %s"
                            .formatted(left.recorder(), left.status(), own)));
    if (own == null) {
      return losers;
    }
    Stream<Violation> winner =
        recorders.stream()
            .filter(left -> left.recorder().equals(own))
            .findFirst()
            .map(left -> incomplete(task, left))
            .orElseGet(() -> Stream.of(violation(task, "its recorder " + own + " is not there")));
    return Stream.concat(losers, winner);
  }

  private static Stream<Violation> incomplete(Ran task, Left left) {
    if (task.wish().artifactKb() == 0) {
      return Stream.of(
              problem(!left.status().equals(FINISHED), "its recorder is " + left.status()),
              problem(!left.artifacts().isEmpty(), "not asked for: " + left.artifacts()))
          .flatMap(each -> each)
          .map(message -> violation(task, message));
    }
    Integer attempt =
        task.tries().stream()
            .filter(one -> one.outcome().equals("done"))
            .map(Try::attempt)
            .findFirst()
            .orElse(null);
    long claim = Long.parseLong(left.recorder().substring(left.recorder().indexOf('-') + 1));
    return Stream.of(
            problem(!left.status().equals(FINISHED), "its recorder is " + left.status()),
            problem(
                !Objects.equals(left.attempt(), attempt),
                "noop.txt is of attempt %s, the result of %s".formatted(left.attempt(), attempt)),
            problem(
                !Objects.equals(left.version(), claim),
                "task.json is of claim %s, the result of %s".formatted(left.version(), claim)),
            problem(
                left.artifacts().getOrDefault("noop.bin", 0L) != task.wish().artifactKb() * KIB,
                "noop.bin is not of %d KiB: %s"
                    .formatted(task.wish().artifactKb(), left.artifacts())))
        .flatMap(each -> each)
        .map(message -> violation(task, message));
  }

  private static Stream<String> problem(boolean found, String message) {
    return found ? Stream.of(message) : Stream.empty();
  }

  private static Violation violation(Ran task, String message) {
    return new Violation(task.id(), message);
  }
}
