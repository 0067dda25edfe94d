package io.windrow.store;

import static io.windrow.store.TaskPoolContract.claimed;
import static io.windrow.store.TaskPoolContract.submission;
import static io.windrow.store.TaskPoolContract.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoCollection;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.Recorder.Status;
import io.windrow.pool.Claim;
import io.windrow.pool.Retention;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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
    Document place = new Document("_id", task(1).id());
    Mono.from(store.database().getCollection("collected").insertOne(place)).block();
    clock.advance(Duration.ofDays(29));
    assertThat(store.housekeeping().retire().block()).isZero();
    clock.advance(Duration.ofDays(2));

    assertThat(store.housekeeping().retire().block()).isEqualTo(2);

    assertThat(find(task(1))).isNull();
    assertThat(artifacts(claim)).isEmpty();
    assertThat(store.recorders().find(claim.recorderId()).block()).isNull();
    assertThat(Mono.from(store.database().getCollection("collected").countDocuments()).block())
        .isZero();
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

  @Test
  void a_retirement_cut_short_after_the_task_is_finished_by_the_next() {
    submit("old", task(1));
    Claim claim = end(task(1));
    keepResults(Duration.ofDays(30));
    clock.advance(Duration.ofDays(31));
    Mono.from(tasks().deleteMany(new Document())).block();

    store.housekeeping().retire().block();

    assertThat(store.recorders().find(claim.recorderId()).block()).isNull();
    assertThat(artifacts(claim)).isEmpty();
    assertThat(store.submissions().find("old").block()).isNull();
  }

  private void keepResults(Duration time) {
    store.retention().set(new Retention("p", Duration.ofDays(1), time)).block();
  }

  private void submit(String id, NewTask... tasks) {
    Document submission =
        new Document("_id", id)
            .append("pool", "p")
            .append("experiment", "exp")
            .append("queue", "default")
            .append("source", "")
            .append("calendarEnd", "2026-06-30")
            .append("taskIds", submission(id, tasks).taskIds())
            .append("collect", new Document())
            .append("state", "inserted")
            .append("createdAt", Date.from(clock.instant()));
    Mono.from(store.database().getCollection("submissions").insertOne(submission)).block();
    store.pool().insert(List.of(tasks)).block();
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

  private MongoCollection<Document> chunks() {
    return store.database().getCollection("artifacts.chunks");
  }
}
