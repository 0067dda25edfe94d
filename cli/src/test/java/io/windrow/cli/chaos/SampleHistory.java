package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.Answer;
import io.windrow.cli.chaos.History.End;
import io.windrow.cli.chaos.History.Left;
import io.windrow.cli.chaos.History.Ran;
import io.windrow.cli.chaos.History.Seen;
import io.windrow.cli.chaos.History.Told;
import io.windrow.cli.chaos.History.Try;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A history in which everything is as it should be: a worker was killed in the middle of task 0,
 * task 1 was asked to fail once, task 2 for good. Tests spoil a copy.
 */
final class SampleHistory {
  static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

  int submitted = 3;
  final List<Fault> faults = new ArrayList<>();
  final List<Seen> seen = new ArrayList<>();
  final List<Ran> tasks = new ArrayList<>();
  final List<Told> published = new ArrayList<>();
  final List<Told> collected = new ArrayList<>();
  final List<Answer> collections = new ArrayList<>();
  final List<Left> recorders = new ArrayList<>();

  SampleHistory() {
    faults.add(new Fault(FaultKind.WORKER_KILL, "worker-1", at(5), at(6), true));
    task(
        "a",
        new Wish(0, 10, "none", 0, 0),
        done("a"),
        attempt(1, "worker-1", 2, 20, "expired", "LeaseExpired"),
        attempt(2, "worker-2", 21, 22, "done", null));
    task(
        "b",
        new Wish(1, 10, "retryable", 1, 2),
        done("b"),
        attempt(1, "worker-2", 1, 2, "retry", "IOException"),
        attempt(2, "worker-2", 8, 9, "done", null));
    task(
        "c",
        new Wish(2, 10, "fatal", 6, 0),
        new End("failed", 50, null),
        attempt(1, "worker-2", 3, 4, "failed", "IllegalArgumentException"));
    collections.add(new Answer("s", 2, 0));
    recorders.add(new Left("a-10", "a", "failed", Map.of(), null, null));
    recorders.add(left("a", 0));
    recorders.add(left("b", 2048));
  }

  static Instant at(long second) {
    return BEGIN.plusSeconds(second);
  }

  static End done(String task) {
    return new End("done", 50, task + "-40");
  }

  static Try attempt(
      int number, String worker, long from, long to, String outcome, @Nullable String error) {
    return new Try(number, worker, at(from), at(to), outcome, error);
  }

  static Left left(String task, long large) {
    return large == 0
        ? new Left(task + "-40", task, "finished", Map.of(), null, null)
        : new Left(
            task + "-40", task, "finished", Map.of("noop.txt", 10L, "noop.bin", large), 2, 40L);
  }

  private void task(String id, Wish wish, End end, Try... tries) {
    tasks.add(new Ran(id, wish, Wish.MOST_ATTEMPTS, end, Arrays.asList(tries)));
    seen.add(new Seen(id, at(60), end));
    published.add(new Told(id, end));
    collected.add(new Told(id, end));
  }

  /** Task number {@code index} as it should not be. */
  SampleHistory with(int index, End end, Try... tries) {
    Ran task = tasks.get(index);
    tasks.set(
        index,
        new Ran(
            task.id(),
            task.wish(),
            task.mostAttempts(),
            end,
            tries.length == 0 ? task.tries() : Arrays.asList(tries)));
    return this;
  }

  History history() {
    return new History(
        submitted, faults, seen, tasks, published, collected, collections, recorders);
  }

  List<String> broken(Guarantee guarantee) {
    return guarantee.violations(history()).map(Guarantee.Violation::message).toList();
  }
}
