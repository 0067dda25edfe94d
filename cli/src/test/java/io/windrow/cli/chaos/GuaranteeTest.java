package io.windrow.cli.chaos;

import static io.windrow.cli.chaos.SampleHistory.at;
import static io.windrow.cli.chaos.SampleHistory.attempt;
import static io.windrow.cli.chaos.SampleHistory.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.chaos.History.Answer;
import io.windrow.cli.chaos.History.End;
import io.windrow.cli.chaos.History.Left;
import io.windrow.cli.chaos.History.Seen;
import io.windrow.cli.chaos.History.Told;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each guarantee holds in a history as it should be, and is broken by what breaks it. */
class GuaranteeTest {
  private static final End OTHER = new End("done", 60, "a-55");

  private final SampleHistory sample = new SampleHistory();

  @ParameterizedTest
  @MethodSource("io.windrow.cli.chaos.Guarantee#all")
  void it_holds_in_a_good_history(Guarantee guarantee) {
    assertThat(sample.broken(guarantee)).isEmpty();
  }

  @Test
  void a_task_that_is_not_there_is_lost() {
    sample.submitted = 4;

    assertThat(sample.broken(new EveryTaskEnds())).containsExactly("is not there");
    assertThat(EveryTaskEnds.lost(sample.history())).containsExactly(3);
  }

  @Test
  void a_task_that_runs_for_ever_is_lost() {
    sample.with(0, new End("running", 30, null));

    assertThat(sample.broken(new EveryTaskEnds())).containsExactly("has not ended: it is running");
    assertThat(EveryTaskEnds.lost(sample.history())).containsExactly(0);
  }

  @Test
  void a_task_is_there_once() {
    sample.tasks.add(sample.tasks.get(0));

    assertThat(sample.broken(new EveryTaskEnds())).containsExactly("is there 2 times");
  }

  @Test
  void a_task_does_not_fail_with_attempts_left_nor_succeed_against_its_wish() {
    sample.with(1, new End("failed", 50, null)).with(2, done("c"));

    assertThat(sample.broken(new EveryTaskEnds()))
        .containsExactly("failed after 2 of 6 attempts", "is done, which nobody asked for");
  }

  @Test
  void a_task_may_fail_when_its_attempts_are_used_up() {
    sample.with(
        0,
        new End("failed", 50, null),
        attempt(1, "worker-1", 1, 2, "expired", null),
        attempt(2, "worker-1", 3, 4, "expired", null),
        attempt(3, "worker-1", 5, 6, "expired", null),
        attempt(4, "worker-1", 7, 8, "expired", null),
        attempt(5, "worker-1", 9, 10, "expired", null),
        attempt(6, "worker-1", 11, 12, "expired", null));

    assertThat(sample.broken(new EveryTaskEnds())).isEmpty();
  }

  @Test
  void an_outcome_seen_once_is_the_last() {
    sample.seen.add(0, new Seen("a", at(50), OTHER));

    assertThat(sample.broken(new OutcomesStay()))
        .singleElement()
        .asString()
        .startsWith("was seen as");
  }

  @Test
  void an_outcome_told_is_the_last() {
    sample.published.add(new Told("a", OTHER));

    assertThat(sample.broken(new OutcomesStay()))
        .singleElement()
        .asString()
        .startsWith("was told as");
  }

  @Test
  void an_outcome_may_be_told_twice() {
    sample.published.add(new Told("a", done("a")));

    assertThat(sample.broken(new OutcomesStay())).isEmpty();
  }

  @Test
  void nothing_follows_an_end() {
    sample.with(
        0,
        done("a"),
        attempt(1, "worker-1", 1, 2, "done", null),
        attempt(1, "worker-2", 3, 4, "done", null));

    assertThat(sample.broken(new OutcomesStay()))
        .singleElement()
        .asString()
        .startsWith("ended with attempt 1 of worker-1 as done, and then");
  }

  @Test
  void a_losing_recorder_is_not_finished() {
    sample.recorders.set(0, new Left("a-10", "a", "finished", Map.of(), 1, 10L));

    assertThat(sample.broken(new ArtifactsAreTheWinners()))
        .containsExactly("a-10 is finished, not the result's a-40");
  }

  @Test
  void a_losing_recorder_does_not_stay_open() {
    sample.recorders.set(0, new Left("a-10", "a", "running", Map.of(), null, null));

    assertThat(sample.broken(new ArtifactsAreTheWinners()))
        .containsExactly("a-10 is running, not the result's a-40");
  }

  @Test
  void the_winners_recorder_is_whole_and_its_own() {
    sample.recorders.set(2, new Left("b-40", "b", "running", Map.of("noop.bin", 5L), 1, 39L));
    sample.recorders.remove(1);

    assertThat(sample.broken(new ArtifactsAreTheWinners()))
        .containsExactly(
            "its recorder a-40 is not there",
            "its recorder is running",
            "noop.txt is of attempt 1, the result of 2",
            "task.json is of claim 39, the result of 40",
            "noop.bin is not of 2 KiB: {noop.bin=5}");
  }

  @Test
  void what_is_done_is_collected_and_nothing_else() {
    sample.collected.set(0, new Told("a", OTHER));
    sample.collected.remove(1);
    sample.collected.add(new Told("z", done("z")));

    assertThat(sample.broken(new CollectionIsTheDoneTasks()))
        .hasSize(3)
        .contains("is collected and has not ended")
        .anyMatch(message -> message.endsWith("collected as " + OTHER))
        .anyMatch(message -> message.endsWith("collected as null"));
  }

  @Test
  void a_collection_counts_what_is_done() {
    sample.collections.set(0, new Answer("s", 1, 1));

    assertThat(sample.broken(new CollectionIsTheDoneTasks()))
        .containsExactly("2 are done, the collections have 1 and miss 1");
  }

  @Test
  void a_task_is_not_tried_beyond_its_limit() {
    sample.with(1, done("b"), attempt(7, "worker-2", 1, 2, "done", null));

    assertThat(sample.broken(new AttemptsAreBounded()))
        .singleElement()
        .asString()
        .startsWith("was charged 1 attempts of 6");
  }

  @Test
  void a_lease_does_not_run_out_by_itself() {
    sample.faults.clear();

    assertThat(sample.broken(new RetriesAreExplained()))
        .singleElement()
        .asString()
        .contains("expired", "faults meanwhile: []");
  }

  @Test
  void another_workers_fault_and_an_outage_explain_nothing() {
    sample.faults.clear();
    sample.faults.add(new Fault(FaultKind.WORKER_KILL, "worker-2", at(5), at(6), true));
    sample.faults.add(new Fault(FaultKind.STORE_STOP, "store", at(2), at(25), true));
    sample.faults.add(new Fault(FaultKind.LEADER_KILL, "coordinator-1", at(5), at(6), true));

    assertThat(sample.broken(new RetriesAreExplained())).hasSize(1);
  }

  @Test
  void a_fault_before_or_after_the_attempt_explains_nothing() {
    sample.faults.clear();
    sample.faults.add(new Fault(FaultKind.WORKER_KILL, "worker-1", at(0), at(1), true));
    sample.faults.add(new Fault(FaultKind.WORKER_KILL, "worker-1", at(30), at(31), true));

    assertThat(sample.broken(new RetriesAreExplained())).hasSize(1);
  }

  @Test
  void an_attempt_does_not_fail_without_being_asked_to() {
    sample.with(
        1,
        done("b"),
        attempt(1, "worker-2", 1, 2, "retry", "MongoTimeoutException"),
        attempt(2, "worker-2", 3, 4, "retry", "IOException"),
        attempt(3, "worker-2", 5, 6, "done", null));

    assertThat(sample.broken(new RetriesAreExplained()))
        .hasSize(2)
        .anyMatch(message -> message.contains("MongoTimeoutException"));
  }

  @Test
  void nothing_is_handed_back_without_a_reason() {
    sample.with(
        1,
        done("b"),
        attempt(1, "worker-2", 1, 2, "retry", "IOException"),
        attempt(2, "worker-2", 20, 21, "handed_back", null),
        attempt(2, "worker-2", 25, 26, "handed_back", null),
        attempt(2, "worker-2", 28, 29, "done", null));

    assertThat(sample.broken(new RetriesAreExplained()))
        .as("15 seconds after a fault of another worker")
        .singleElement()
        .asString()
        .contains("handed_back", SampleHistory.at(25).toString());
  }

  @Test
  void an_attempt_that_was_asked_to_fail_does_not_succeed() {
    sample.with(1, done("b"), attempt(1, "worker-2", 1, 2, "done", null));

    assertThat(sample.broken(new RetriesAreExplained())).hasSize(1);
  }

  @Test
  void recovery_is_from_the_kill_to_the_next_claim() {
    assertThat(Recovery.ofKilledWorkers(sample.history()))
        .containsExactly(new Recovery(FaultKind.WORKER_KILL, true, Duration.ofSeconds(16)));
  }
}
