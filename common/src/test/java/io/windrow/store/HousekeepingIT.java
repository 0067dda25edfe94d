package io.windrow.store;

import static io.windrow.store.TaskPoolContract.claimed;
import static io.windrow.store.TaskPoolContract.submission;
import static io.windrow.store.TaskPoolContract.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.Recorder.Status;
import io.windrow.failpoint.FailPoint;
import io.windrow.failpoint.FailPoints;
import io.windrow.failpoint.ProcessStopped;
import io.windrow.pool.Claim;
import io.windrow.pool.Retention;
import io.windrow.pool.Submission;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** What nothing refers to goes, and nothing else. */
class HousekeepingIT {
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Outcome DONE = new Outcome.Succeeded(Map.of());
  private static final Outcome RETRY = new Outcome.Failed(FailureKind.RETRYABLE, "Boom", "", "");

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private final AdvancingClock clock = new AdvancingClock();
  private WindrowStore store;

  @BeforeEach
  void empty() {
    store = database.empty(clock);
  }

  @Test
  void what_a_lost_attempt_left_goes() {
    Claim lost = attempt(task(1));
    store.pool().recall(lost.task().id(), "taken from it").block();
    Claim won = attempt(task(1));
    store.pool().commit(won, DONE).block();
    close();
    clock.advance(GRACE.plusSeconds(1));

    assertThat(store.housekeeping().sweepAttempts(GRACE).block()).isEqualTo(1);

    assertThat(artifacts(lost)).isEmpty();
    assertThat(artifacts(won)).containsExactly("pred.arrow");
    assertThat(store.housekeeping().sweepAttempts(GRACE).block()).as("looked at again").isZero();
  }

  @Test
  void what_runs_and_what_has_ended_lately_is_left_alone() {
    Claim running = attempt(task(1));
    clock.advance(GRACE.plusSeconds(1));
    Claim lately = attempt(task(2));
    store.pool().recall(lately.task().id(), "taken from it").block();
    close();

    assertThat(store.housekeeping().sweepAttempts(GRACE).block()).isZero();

    assertThat(artifacts(running)).containsExactly("pred.arrow");
    assertThat(artifacts(lately)).containsExactly("pred.arrow");
  }

  @Test
  void what_explains_a_failure_is_kept_as_long_as_the_pool_wants() {
    Claim failed = attempt(task(1));
    store.pool().commit(failed, RETRY).block();
    store.recorders().finish(failed.recorderId(), Status.FAILED).block();
    clock.advance(Duration.ofDays(6));
    assertThat(store.housekeeping().sweepAttempts(GRACE).block()).isZero();
    assertThat(artifacts(failed)).containsExactly("pred.arrow");

    store.retention().set(new Retention("p", Duration.ofDays(5), null)).block();

    assertThat(store.housekeeping().sweepAttempts(GRACE).block()).isEqualTo(1);
    assertThat(artifacts(failed)).isEmpty();
  }

  @Test
  void a_removed_tasks_outcome_stays_and_its_lost_attempts_go() {
    Claim done = attempt(task(1));
    store.pool().commit(done, DONE).block();
    store.recorders().finish(done.recorderId(), Status.FINISHED).block();
    Claim lost = attempt(task(2));
    Mono.from(tasks().deleteMany(new Document())).block();
    close();
    clock.advance(GRACE.plusSeconds(1));

    assertThat(store.housekeeping().sweepAttempts(GRACE).block()).isEqualTo(1);

    assertThat(artifacts(done)).containsExactly("pred.arrow");
    assertThat(artifacts(lost)).isEmpty();
  }

  @Test
  void chunks_without_a_file_and_files_without_a_recorder_go() {
    Claim owner = attempt(task(1));
    store.artifacts().put("nobody", "model.txt", new byte[600_000]).block();
    ObjectId upload = new ObjectId(Date.from(clock.instant()));
    for (int n = 0; n < 3; n++) {
      Mono.from(chunks().insertOne(new Document("files_id", upload).append("n", n))).block();
    }
    assertThat(store.housekeeping().sweepFiles(GRACE).block()).as("an upload under way").isZero();
    clock.advance(GRACE.plusSeconds(2));

    assertThat(store.housekeeping().sweepFiles(GRACE).block()).isEqualTo(2);

    assertThat(artifacts(owner)).containsExactly("pred.arrow");
    assertThat(Mono.from(chunks().countDocuments()).block()).isEqualTo(1);
    assertThat(store.artifacts().list("nobody").collectList().block()).isEmpty();
    assertThat(store.housekeeping().sweepFiles(GRACE).block()).isZero();
  }

  @Test
  void a_pool_keeps_its_results_for_ever_if_nobody_says_otherwise() {
    submit("old", task(1));
    end(task(1));
    clock.advance(Duration.ofDays(4000));

    assertThat(store.housekeeping().retire().block()).isZero();
    assertThat(find(task(1))).isNotNull();
  }

  @Test
  void an_old_submission_goes_with_all_that_belongs_to_it() {
    submit("old", task(1), task(2));
    Claim claim = end(task(1));
    end(task(2));
    keepResults(Duration.ofDays(30));
    collect(task(1));
    clock.advance(Duration.ofDays(29));
    assertThat(store.housekeeping().retire().block()).isZero();
    clock.advance(Duration.ofDays(2));

    assertThat(store.housekeeping().retire().block()).isEqualTo(2);

    assertThat(find(task(1))).isNull();
    assertThat(artifacts(claim)).isEmpty();
    assertThat(store.recorders().find(claim.recorderId()).block()).isNull();
    assertThat(Mono.from(collected().countDocuments()).block()).isZero();
    assertThat(store.submissions().find("old").block()).isNull();
  }

  @Test
  void what_a_younger_submission_lists_stays() {
    submit("old", task(1), task(2));
    end(task(1));
    Claim shared = end(task(2));
    keepResults(Duration.ofDays(30));
    clock.advance(Duration.ofDays(31));
    submit("new", task(2), task(3));

    assertThat(store.housekeeping().retire().block()).isEqualTo(1);

    assertThat(find(task(1))).isNull();
    assertThat(find(task(2)).state()).isEqualTo(TaskState.DONE);
    assertThat(artifacts(shared)).containsExactly("pred.arrow");
    assertThat(store.submissions().find("old").block()).isNull();
  }

  @Test
  void a_submission_with_an_unfinished_task_stays_whole() {
    submit("old", task(1), task(2));
    end(task(1));
    keepResults(Duration.ofDays(30));
    clock.advance(Duration.ofDays(31));

    assertThat(store.housekeeping().retire().block()).isZero();
    assertThat(find(task(1))).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(from = "EXPIRED_TASKS_REMOVED", to = "LEFTOVERS_DELETED")
  void a_sweep_cut_short_is_finished_by_the_next(FailPoint point) {
    submit("old", task(1));
    Claim lost = attempt(task(1));
    store.pool().recall(lost.task().id(), "taken from it").block();
    close();
    Claim won = end(task(1));
    collect(task(1));
    keepResults(Duration.ofDays(30));
    clock.advance(Duration.ofDays(31));
    Runnable stop =
        () -> {
          throw new ProcessStopped(point);
        };
    assertThatThrownBy(() -> at(point, stop, this::sweep))
        .hasRootCauseInstanceOf(ProcessStopped.class);

    sweep();

    for (Claim claim : List.of(lost, won)) {
      assertThat(store.recorders().find(claim.recorderId()).block()).isNull();
      assertThat(artifacts(claim)).isEmpty();
    }
    assertThat(Mono.from(collected().countDocuments()).block()).isZero();
    assertThat(store.submissions().find("old").block()).isNull();
  }

  /** Does something while something else passes a point. */
  private static void at(FailPoint point, Runnable action, Runnable work) {
    FailPoints.Armed armed =
        FailPoints.arm(
            passed -> {
              if (passed == point) {
                action.run();
              }
            });
    try {
      work.run();
    } finally {
      armed.close();
    }
  }

  private void sweep() {
    store.housekeeping().sweepAttempts(GRACE).block();
    store.housekeeping().sweepFiles(GRACE).block();
    store.housekeeping().retire().block();
  }

  @ParameterizedTest
  @EnumSource(from = "EXPIRED_TASKS_REMOVED", to = "EXPIRED_RESULTS_DELETED")
  void what_a_task_comes_to_that_is_submitted_again_meanwhile_stays(FailPoint point) {
    Claim before = expired("old", task(1));
    List<Claim> after = new ArrayList<>();
    Runnable again =
        () -> {
          begin("old", task(1));
          after.add(end(task(1)));
          collect(task(1));
        };

    at(point, again, () -> assertThat(store.housekeeping().retire().block()).isEqualTo(1));

    assertThat(store.recorders().find(before.recorderId()).block()).isNull();
    assertThat(artifacts(after.get(0))).containsExactly("pred.arrow");
    assertThat(store.recorders().find(after.get(0).recorderId()).block()).isNotNull();
    assertThat(Mono.from(collected().find()).block().get("version"))
        .isEqualTo(find(task(1)).version());
    assertThat(store.submissions().find("old").block()).isNotNull();
  }

  @Test
  void what_runs_again_meanwhile_keeps_its_recorder() {
    expired("old", task(1));
    List<Claim> after = new ArrayList<>();

    at(
        FailPoint.EXPIRED_TASKS_REMOVED,
        () -> after.add(attempt(task(1))),
        () -> store.housekeeping().retire().block());

    assertThat(store.recorders().find(after.get(0).recorderId()).block()).isNotNull();
    assertThat(artifacts(after.get(0))).containsExactly("pred.arrow");
  }

  @Test
  void a_submission_that_is_begun_again_just_before_it_would_go_stays() {
    expired("old", task(1));

    retireHeldUpAt("submissions", () -> begin("old", task(1)));

    assertThat(store.submissions().find("old").block().state())
        .isEqualTo(Submission.State.INSERTING);
  }

  @Test
  void what_a_submission_lists_that_comes_during_the_sweep_stays() {
    expired("a", task(1));
    expired("b", task(2));

    retireHeldUpAt("submissions", () -> submit("new", task(1), task(2)));

    assertThat(Arrays.asList(find(task(1)), find(task(2)))).doesNotContainNull();
  }

  /** It was told that its tasks are there. */
  @Test
  void what_is_removed_while_a_submission_comes_is_inserted_again() {
    expired("old", task(1));

    retireHeldUpAt("tasks", () -> submit("new", task(1)));

    assertThat(find(task(1))).isNull();
    clock.advance(Duration.ofSeconds(1));
    assertThat(store.submissions().unfinished(Duration.ofSeconds(1)).collectList().block())
        .extracting(Submission::id)
        .containsExactly("new");
  }

  /** Holds the next write to a collection up for an action, and makes sure that it came to that. */
  private void retireHeldUpAt(String collection, Runnable action) {
    try (Interleaving interleaving = new Interleaving(database.uri())) {
      interleaving.beforeWriteTo(collection, action);
      new WindrowStore(interleaving.client(), database.name(), TaskPoolContract.SETTINGS, clock)
          .housekeeping()
          .retire()
          .block();
      assertThat(interleaving.played()).isEqualTo(1);
    }
  }

  /** A submission that has come to its time. */
  private Claim expired(String id, NewTask task) {
    submit(id, task);
    Claim claim = end(task);
    collect(task);
    keepResults(Duration.ofDays(30));
    clock.advance(Duration.ofDays(31));
    return claim;
  }

  private void keepResults(Duration time) {
    store.retention().set(new Retention("p", Duration.ofDays(1), time)).block();
  }

  private void submit(String id, NewTask... tasks) {
    Submission begun = begin(id, tasks);
    store.pool().insert(List.of(tasks)).block();
    store.submissions().inserted(begun).block();
  }

  private Submission begin(String id, NewTask... tasks) {
    return store
        .submissions()
        .begin(TaskPoolContract.at(submission(id, tasks), clock.instant()))
        .block();
  }

  /** As the collector does. */
  private void collect(NewTask task) {
    Document place = new Document("_id", task.id()).append("version", find(task).version());
    Mono.from(
            collected()
                .replaceOne(
                    new Document("_id", task.id()), place, new ReplaceOptions().upsert(true)))
        .block();
  }

  private Claim end(NewTask task) {
    Claim claim = attempt(task);
    store.pool().commit(claim, DONE).block();
    store.recorders().finish(claim.recorderId(), Status.FINISHED).block();
    return claim;
  }

  /** Claims the task and stores one artifact, as its worker would. */
  private Claim attempt(NewTask task) {
    store.pool().insert(List.of(task)).block();
    Task waiting = find(task);
    Task queued = store.pool().enqueue(List.of(waiting)).block().get(0);
    Claim claim = claimed(store.pool().claim(queued.id(), queued.version(), "w").block());
    store
        .recorders()
        .begin(
            new Recorder(
                claim.recorderId(),
                "exp",
                task.id(),
                claim.version(),
                Status.RUNNING,
                Map.of(),
                Map.of(),
                Map.of(),
                clock.instant(),
                null,
                null))
        .block();
    store.artifacts().put(claim.recorderId(), "pred.arrow", new byte[1000]).block();
    return claim;
  }

  /** As a sweep of the coordinator does after a while. */
  private void close() {
    store.attemptRecorders().closeEnded(Duration.ZERO).block();
  }

  private Task find(NewTask task) {
    return store.pool().find(task.id()).block();
  }

  private List<String> artifacts(Claim claim) {
    return store.artifacts().list(claim.recorderId()).map(Artifact::path).collectList().block();
  }

  private MongoCollection<Document> tasks() {
    return store.database().getCollection("tasks");
  }

  private MongoCollection<Document> collected() {
    return store.database().getCollection("collected");
  }

  private MongoCollection<Document> chunks() {
    return store.database().getCollection("artifacts.chunks");
  }
}
