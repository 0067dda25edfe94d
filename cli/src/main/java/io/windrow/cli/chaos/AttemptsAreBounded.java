package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.Ran;
import java.util.stream.Stream;

/** No task was tried more often than its limit allows. Attempts handed back do not count. */
final class AttemptsAreBounded implements Guarantee {
  @Override
  public String promise() {
    return "no task is tried too often";
  }

  @Override
  public Stream<Violation> violations(History history) {
    return history.tasks().stream()
        .filter(AttemptsAreBounded::isTooOften)
        .map(
            task ->
                new Violation(
                    task.id(),
                    "was charged %d attempts of %d: %s"
                        .formatted(task.charged(), task.mostAttempts(), task.tries())));
  }

  private static boolean isTooOften(Ran task) {
    return task.charged() > task.mostAttempts()
        || task.tries().stream().anyMatch(one -> one.attempt() > task.mostAttempts());
  }
}
