package io.windrow.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.experiment.Experiments.Experiment;
import io.windrow.experiment.Recorder.Status;
import io.windrow.experiment.RecorderQuery.Cursor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

class ExperimentsIT {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static EmbeddedStore server;
  private static MongoClient client;

  private final Ticking clock = new Ticking();
  private MongoDatabase database;
  private MongoRecorderStore store;
  private GridFsArtifactStore artifacts;
  private Experiments experiments;
  private Recording recording;

  /** Every look at it is a second later. */
  private static final class Ticking extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      now = now.plusSeconds(1);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeAll
  static void start() {
    server = EmbeddedStore.inMemory();
    client = MongoClients.create(server.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void empty() {
    database = client.getDatabase("lives");
    Mono.from(database.drop()).block(PATIENCE);
    store = new MongoRecorderStore(database, clock);
    store.createIndexes().block(PATIENCE);
    artifacts = new GridFsArtifactStore(database, clock);
    experiments = new Experiments(database, store, artifacts, clock);
    recording = new Recording(store, artifacts);
  }

  @Test
  void aRecorderRunsAndIsFinishedWhenItsWorkIs() {
    String seen =
        experiments
            .run("e", "r", recorder -> store.find(recorder.id()).map(r -> r.status().name()))
            .block(PATIENCE);

    assertThat(seen).isEqualTo("RUNNING");
    Recorder ended = one("e", "r");
    assertThat(ended.status()).isEqualTo(Status.FINISHED);
    assertThat(ended.name()).isEqualTo("r");
    assertThat(ended.endedAt()).isAfter(ended.startedAt());
  }

  @Test
  void aRecorderFailsWhenItsWorkDoes() {
    Mono<Object> work =
        experiments.run("e", "r", recorder -> Mono.error(new IllegalStateException("no data")));

    assertThatThrownBy(() -> work.block(PATIENCE)).hasMessage("no data");
    assertThat(one("e", "r").status()).isEqualTo(Status.FAILED);
  }

  @Test
  void resumesByIdElseTheLatestOfThatNameElseANewOne() {
    Recorder first = started("e", "r");
    Recorder second = started("e", "r");
    end(first, Status.FAILED);
    end(second, Status.FINISHED);

    assertThat(resumed("e", first.id(), "r").id()).isEqualTo(first.id());
    Recorder latest = resumed("e", null, "r");
    assertThat(latest.id()).isEqualTo(second.id());
    assertThat(latest.status()).isEqualTo(Status.RUNNING);
    assertThat(latest.endedAt()).isNull();
    assertThat(resumed("e", null, "other").id()).isNotIn(first.id(), second.id());
    assertThat(resumed("elsewhere", first.id(), "r").id()).isNotEqualTo(first.id());
  }

  @Test
  void endsOnceAndOnlyAsFinishedOrFailed() {
    Recorder recorder = started("e", "r");

    end(recorder, Status.FINISHED);
    Instant at = Objects.requireNonNull(one("e", "r").endedAt());
    end(recorder, Status.FINISHED); // the reply was lost, the caller repeats it

    assertThat(one("e", "r").endedAt()).isEqualTo(at);
    assertThatThrownBy(() -> end(recorder, Status.FAILED))
        .isInstanceOf(RecorderConflictException.class)
        .hasMessageContaining("has ended as finished");
    assertThatThrownBy(() -> end(recorder, Status.SCHEDULED))
        .isInstanceOf(RecorderConflictException.class);
    assertThat(experiments.end("nobody", Status.FAILED).blockOptional(PATIENCE)).isEmpty();
  }

  @Test
  void leavesATasksRecorderToItsWorker() {
    store.begin(ofTask("t-rec", "task1")).block(PATIENCE);

    assertThatThrownBy(() -> end(ofTask("t-rec", "task1"), Status.FINISHED))
        .isInstanceOf(RecorderConflictException.class)
        .hasMessageContaining("belongs to task task1");
    assertThatThrownBy(() -> resumed("e", "t-rec", "r"))
        .isInstanceOf(RecorderConflictException.class);
    assertThatThrownBy(() -> recording.logParams("t-rec", Map.of("a", "b")).block(PATIENCE))
        .isInstanceOf(RecorderConflictException.class);
    assertThatThrownBy(() -> recording.save("t-rec", "a", new byte[1]).block(PATIENCE))
        .isInstanceOf(RecorderConflictException.class);
    recording.setTags("t-rec", Map.of("good", "yes")).block(PATIENCE);
    assertThat(store.find("t-rec").block(PATIENCE).tags()).containsEntry("good", "yes");
  }

  @Test
  void aRepeatedWriteOfMetricsAddsNoRowAndTheLastValueOfAStepCounts() {
    Recorder recorder = started("e", "r");
    log(recorder, 0, Map.of("l2.valid", 0.9, "IC", 0.1));
    log(recorder, 0, Map.of("l2.valid", 0.9, "IC", 0.1));
    log(recorder, 1, Map.of("l2.valid", 0.8));
    log(recorder, 1, Map.of("l2.valid", 0.7, "new", 1.0));

    assertThat(Mono.from(database.getCollection("metrics").countDocuments()).block(PATIENCE))
        .isEqualTo(4);
    assertThat(recording.history(recorder.id(), "l2.valid").collectList().block(PATIENCE))
        .containsExactly(new Metric("l2.valid", 0, 0.9), new Metric("l2.valid", 1, 0.7));
    assertThat(one("e", "r").metrics()).isEqualTo(Map.of("l2.valid", 0.7, "IC", 0.1, "new", 1.0));
  }

  @Test
  void savesListsAndLoadsObjectsUnderPaths() {
    Recorder recorder = started("e", "r");
    save(recorder, "model.txt", "tree");
    save(recorder, "sig_analysis/ic.arrow", "ic");
    save(recorder, "sig_analysis/ic.arrow", "ic2");

    assertThat(recording.artifacts(recorder.id(), "").map(Artifact::path).collectList().block())
        .containsExactly("model.txt", "sig_analysis/ic.arrow");
    assertThat(
            recording
                .artifacts(recorder.id(), "sig_analysis")
                .map(Artifact::length)
                .collectList()
                .block())
        .containsExactly(3L);
    assertThat(
            recording
                .load(recorder.id(), "sig_analysis/ic.arrow")
                .flatMap(Content::whole)
                .block(PATIENCE))
        .isEqualTo("ic2".getBytes(UTF_8));
    assertThat(recording.load(recorder.id(), "nothing").blockOptional(PATIENCE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../other", "a//b", "a/./b", "a\\b", "a\nb", "a/"})
  void refusesPathsThatLeadElsewhere(String path) {
    Recorder recorder = started("e", "r");

    assertThatThrownBy(() -> save(recorder, path, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sig_analysis/ic.arrow");
  }

  @Test
  void keepsParametersUpToQlibsLength() {
    Recorder recorder = started("e", "r");
    recording.logParams(recorder.id(), Map.of("a.b", "x".repeat(1000))).block(PATIENCE);

    assertThat(one("e", "r").params().get("a.b")).hasSize(1000);
    assertThatThrownBy(
            () -> recording.logParams(recorder.id(), Map.of("a", "x".repeat(1001))).block())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a' has 1001 characters");
    assertThatThrownBy(() -> recording.logParams("nobody", Map.of("a", "b")).block(PATIENCE))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void listsNewestFirstByFiltersAndPagesWithoutAnEnd() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Recorder recorder = started("e", i % 2 == 0 ? "even" : "odd");
      recording.logParams(recorder.id(), Map.of("model.class", "M" + i % 5)).block(PATIENCE);
      if (i < 20) {
        end(recorder, i < 10 ? Status.FAILED : Status.FINISHED);
      }
      newestFirst.add(0, recorder.id());
    }
    started("other", "even");

    assertThat(ids(RecorderQuery.of("e"))).isEqualTo(newestFirst);
    assertThat(ids(RecorderQuery.of("e").named("odd"))).hasSize(12);
    assertThat(ids(query("e", Status.FINISHED, Map.of("model.class", "M3"))))
        .containsExactly(newestFirst.get(24 - 18), newestFirst.get(24 - 13));

    List<String> paged = new ArrayList<>();
    Cursor after = null;
    do {
      List<Recorder> page =
          experiments
              .recorders(RecorderQuery.of("e").after(after).atMost(4))
              .collectList()
              .block(PATIENCE);
      page.forEach(recorder -> paged.add(recorder.id()));
      after = page.size() < 4 ? null : Cursor.parse(Cursor.of(page.get(page.size() - 1)).text());
    } while (after != null);
    assertThat(paged).isEqualTo(newestFirst);
  }

  /** Recorders of one millisecond, as a burst of claims makes them. */
  @Test
  void pagesThroughRecordersOfTheSameInstant() {
    for (int i = 0; i < 7; i++) {
      store.begin(ofTask("rec" + i, "t" + i)).block(PATIENCE);
    }

    List<Recorder> first =
        experiments.recorders(RecorderQuery.of("e").atMost(3)).collectList().block(PATIENCE);
    List<String> rest = ids(RecorderQuery.of("e").after(Cursor.of(first.get(2))));

    assertThat(first).extracting(Recorder::id).containsExactly("rec6", "rec5", "rec4");
    assertThat(rest).containsExactly("rec3", "rec2", "rec1", "rec0");
  }

  @Test
  void findsByIdBeforeNameAndOnlyInTheExperiment() {
    Recorder recorder = started("e", "r");
    started("other", "only-there");

    assertThat(experiments.recorder("e", recorder.id()).block(PATIENCE)).isEqualTo(one("e", "r"));
    assertThat(experiments.recorder("e", "only-there").blockOptional(PATIENCE)).isEmpty();
    assertThat(experiments.recorder("other", recorder.id()).blockOptional(PATIENCE)).isEmpty();
    store.begin(ofTask("unnamed", "t")).block(PATIENCE);
    assertThat(one("e", Recorder.DEFAULT_NAME).id()).isEqualTo("unnamed");
  }

  @Test
  void countsExperimentsThatWereCreatedOrHaveRecorders() {
    assertThat(experiments.create("empty").block(PATIENCE)).isTrue();
    assertThat(experiments.create("empty").block(PATIENCE)).isFalse();
    end(started("busy", "a"), Status.FAILED);
    Recorder latest = started("busy", "b");

    assertThat(experiments.list().block(PATIENCE))
        .containsExactly(
            new Experiment(
                "busy", Map.of(Status.FAILED, 1L, Status.RUNNING, 1L), latest.startedAt()),
            new Experiment("empty", Map.of(), null));
    assertThat(experiments.find("busy").block(PATIENCE).recorders()).isEqualTo(2);
    assertThat(experiments.find("nothing").blockOptional(PATIENCE)).isEmpty();
    assertThatThrownBy(() -> experiments.create("a/b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deletesAllOfARecorderAndNothingElse() {
    Recorder kept = started("e", "kept");
    Recorder gone = started("e", "gone");
    for (Recorder recorder : List.of(kept, gone)) {
      log(recorder, 0, Map.of("IC", 0.1));
      save(recorder, "model.txt", "tree");
    }

    assertThatThrownBy(() -> experiments.deleteRecorder(gone.id(), false).block(PATIENCE))
        .isInstanceOf(RecorderConflictException.class)
        .hasMessageContaining("is running");
    end(gone, Status.FINISHED);
    assertThat(experiments.deleteRecorder(gone.id(), false).block(PATIENCE)).isTrue();
    assertThat(experiments.deleteRecorder(gone.id(), false).block(PATIENCE)).isFalse();

    assertThat(ids(RecorderQuery.of("e"))).containsExactly(kept.id());
    assertThat(Mono.from(database.getCollection("metrics").countDocuments()).block()).isEqualTo(1);
    assertThat(artifacts.list(gone.id()).collectList().block(PATIENCE)).isEmpty();
    assertThat(artifacts.list(kept.id()).collectList().block(PATIENCE)).hasSize(1);
  }

  @Test
  void deletesAnExperimentUnlessItRuns() {
    experiments.create("e").block(PATIENCE);
    Recorder recorder = started("e", "r");
    Recorder other = started("other", "r");

    assertThatThrownBy(() -> experiments.delete("e", false).block(PATIENCE))
        .isInstanceOf(RecorderConflictException.class)
        .hasMessageContaining("1 recorders of experiment 'e' are running");
    assertThat(store.find(recorder.id()).blockOptional(PATIENCE)).isPresent();
    experiments.delete("e", true).block(PATIENCE);

    assertThat(experiments.find("e").blockOptional(PATIENCE)).isEmpty();
    assertThat(store.find(other.id()).blockOptional(PATIENCE)).isPresent();
  }

  private Recorder started(String experiment, String name) {
    return Objects.requireNonNull(experiments.start(experiment, name, Map.of()).block(PATIENCE));
  }

  private Recorder resumed(String experiment, String id, String name) {
    return Objects.requireNonNull(experiments.resume(experiment, id, name).block(PATIENCE));
  }

  private void end(Recorder recorder, Status status) {
    experiments.end(recorder.id(), status).block(PATIENCE);
  }

  private Recorder one(String experiment, String name) {
    return Objects.requireNonNull(experiments.recorder(experiment, name).block(PATIENCE));
  }

  private void log(Recorder recorder, int step, Map<String, Double> metrics) {
    recording.logMetrics(recorder.id(), step, metrics).block(PATIENCE);
  }

  private void save(Recorder recorder, String path, String text) {
    recording.save(recorder.id(), path, text.getBytes(UTF_8)).block(PATIENCE);
  }

  private List<String> ids(RecorderQuery query) {
    return experiments.recorders(query).map(Recorder::id).collectList().block(PATIENCE);
  }

  private static RecorderQuery query(String experiment, Status status, Map<String, String> params) {
    return new RecorderQuery(experiment, status, null, null, params, Map.of(), null, 0);
  }

  private static Recorder ofTask(String id, String task) {
    return new Recorder(
        id, "e", task, 7, Status.RUNNING, Map.of(), Map.of(), Map.of(), START, null, null);
  }
}
