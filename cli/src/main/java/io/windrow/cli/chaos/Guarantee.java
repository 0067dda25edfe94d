package io.windrow.cli.chaos;

import java.util.List;
import java.util.stream.Stream;

/** One thing that Windrow promises, judged by what was recorded. Stateless. */
interface Guarantee {

  /**
   * Where it did not hold.
   *
   * @param task id or number of the task
   * @param message what was found
   */
  record Violation(String task, String message) {}

  /** In words. */
  String promise();

  /** Where it did not hold. */
  Stream<Violation> violations(History history);

  /** All there are, in the order of the report. */
  static List<Guarantee> all() {
    return List.of(
        new EveryTaskEnds(),
        new OutcomesStay(),
        new ArtifactsAreTheWinners(),
        new CollectionIsTheDoneTasks(),
        new AttemptsAreBounded(),
        new RetriesAreExplained());
  }
}
