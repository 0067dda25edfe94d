package io.windrow.collector.collect;

import static io.windrow.collector.collect.Tasks.row;
import static io.windrow.collector.collect.Tasks.submission;
import static io.windrow.collector.collect.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.windrow.collector.collect.Window.Done;
import io.windrow.collector.collect.Window.Failed;
import io.windrow.collector.collect.Window.Missing;
import io.windrow.collector.intake.Collected;
import io.windrow.pool.Submission;
import io.windrow.pool.Submission.State;
import io.windrow.quant.definition.DateRange;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProgressTest {
  private static final String[] JANUARY = {"2020-01-01", "2020-01-31"};

  @Test
  void isCompleteWhenEveryWindowIsDoneAndTakenIn() {
    Progress progress =
        progress(
            submission(State.INSERTED, "a", "b"),
            List.of(
                task("a", TaskState.DONE, JANUARY), task("b", TaskState.DONE, "2020-02-01", null)),
            List.of(row("a", "rec-a"), row("b", "rec-b")));

    assertThat(progress.complete()).isTrue();
    assertThat(progress.done())
        .extracting(Done::recorder, Done::worker, Done::startedAt)
        .containsExactly(tuple("rec-a", "w1", Tasks.T0), tuple("rec-b", "w1", Tasks.T0));
    assertThat(progress.done().get(1).plan().test())
        .isEqualTo(new DateRange(LocalDate.of(2020, 2, 1), null));
    assertThat(progress.done().get(0).metrics()).containsEntry("best_iteration", 12.0);
  }

  @Test
  void isNotCompleteBeforeTheSubmissionIsInserted() {
    Progress progress =
        progress(
            submission(State.INSERTING, "a"),
            List.of(task("a", TaskState.DONE, JANUARY)),
            List.of(row("a", "rec-a")));

    assertThat(progress.missing()).isEmpty();
    assertThat(progress.complete()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = TaskState.class,
      names = {"DONE", "FAILED"},
      mode = EnumSource.Mode.EXCLUDE)
  void listsAnUnfinishedWindowWithItsState(TaskState state) {
    Progress progress =
        progress(submission(State.INSERTED, "a"), List.of(task("a", state, JANUARY)), List.of());

    assertThat(progress.complete()).isFalse();
    assertThat(progress.missing())
        .extracting(Missing::task, Missing::state)
        .containsExactly(tuple("a", state.word()));
  }

  @Test
  void listsAFailedWindowWithItsMessage() {
    Progress progress =
        progress(
            submission(State.INSERTED, "a"),
            List.of(task("a", TaskState.FAILED, JANUARY)),
            List.of());

    assertThat(progress.complete()).isFalse();
    assertThat(progress.failed())
        .extracting(Failed::message)
        .containsExactly("attempt 2 of 3 failed: DataException: no bars");
  }

  @Test
  void missesAWindowThePoolDoesNotKnow() {
    Progress progress = progress(submission(State.INSERTED, "a"), List.of(), List.of());

    assertThat(progress.complete()).isFalse();
    assertThat(progress.missing()).containsExactly(new Missing("a", "absent", null));
  }

  @Test
  void missesADoneWindowThatIsNotTakenInYet() {
    List<Task> tasks = List.of(task("a", TaskState.DONE, JANUARY));
    Submission submission = submission(State.INSERTED, "a");

    Progress without = progress(submission, tasks, List.of());
    Progress other = progress(submission, tasks, List.of(row("a", "rec-of-an-older-attempt")));

    assertThat(without.missing()).extracting(Missing::state).containsExactly("done");
    assertThat(other.missing()).extracting(Missing::state).containsExactly("done");
    assertThat(other.complete()).isFalse();
  }

  @Test
  void followsASupersededTaskToItsSuccessor() {
    Task old =
        task("a", TaskState.CANCELLED, Tasks.definition("LGBModel", "2020-01-01", null), "b");
    Task successor = task("b", TaskState.DONE, "2020-01-01", null);

    Progress progress =
        progress(
            submission(State.INSERTED, "a"), List.of(old, successor), List.of(row("b", "rec-b")));

    assertThat(progress.complete()).isTrue();
    assertThat(progress.done()).extracting(w -> w.plan().task()).containsExactly("b");
  }

  @Test
  void keepsADoneTaskThatWasSupersededLater() {
    Task old = task("a", TaskState.DONE, Tasks.definition("LGBModel", "2020-01-01", null), "b");

    Progress progress =
        progress(submission(State.INSERTED, "a"), List.of(old), List.of(row("a", "rec-a")));

    assertThat(progress.complete()).isTrue();
    assertThat(progress.done()).extracting(w -> w.plan().task()).containsExactly("a");
  }

  private static Progress progress(Submission submission, List<Task> tasks, List<Collected> rows) {
    return Progress.of(
        submission, Tasks.byId(Task::id, tasks), Tasks.byId(Collected::taskId, rows));
  }
}
