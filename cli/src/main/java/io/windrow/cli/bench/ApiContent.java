package io.windrow.cli.bench;

import io.windrow.cli.client.Accepted;
import io.windrow.experiment.Metric;
import io.windrow.experiment.Recorder;
import io.windrow.fleet.Presence;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.TaskQuery;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.store.WindrowStore;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.worker.commit.DefinitionParams;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stands in for the workers of a cluster that has been at work for a while: it claims tasks and
 * commits what might have come of them, by the transitions and in the order that workers use.
 */
final class ApiContent {
  static final String WORKER = "bench-worker";

  private static final int BATCH = 500;
  private static final int TOGETHER = 64;

  /** Of a submission, so many tasks of a hundred are over. */
  private static final int ENDED = 90;

  /** Of those that are over, one in so many has failed. */
  private static final int FAILURES = 40;

  /** At most so many run, and never more than wait. */
  private static final int RUNNING = 20;

  private static final int INSTRUMENTS = 100;
  private static final int ROUNDS = 20;

  private final WindrowStore store;
  private final Instant started = Instant.now();
  private final List<Claim> running = new CopyOnWriteArrayList<>();

  ApiContent(WindrowStore store) {
    this.store = store;
  }

  /** What becomes of the tasks of a submission. */
  enum Kind {
    /** Most are over, some run, the rest waits; nothing is left but the tasks. */
    TASKS,
    /** The same, and each that is done has a recorder. */
    RECORDERS,
    /** All are done, with recorders and predictions. */
    PREDICTIONS
  }

  /** Lets the tasks of a submission come to what they may. */
  void work(Accepted submission, Kind kind) {
    List<Task> tasks =
        Objects.requireNonNull(
            store
                .pool()
                .find(
                    new TaskQuery(
                        submission.pool(), submission.submission(), Set.of(), submission.tasks()))
                .collectList()
                .block());
    int ended = kind == Kind.PREDICTIONS ? tasks.size() : Math.max(1, tasks.size() * ENDED / 100);
    claimed(tasks.subList(0, ended)).flatMap(claim -> end(claim, kind), TOGETHER).then().block();
    int runs = Math.min(RUNNING, (tasks.size() - ended) / 2);
    claimed(tasks.subList(ended, ended + runs)).doOnNext(running::add).then().block();
  }

  /** As a worker does every few seconds. */
  void beat() {
    if (!running.isEmpty()) {
      store.pool().heartbeat(running).block();
    }
    if (!Boolean.TRUE.equals(store.workers().beat(presence()).block())) {
      store.workers().join(presence()).block();
    }
  }

  private Presence presence() {
    return new Presence(
        WORKER,
        "bench",
        ProcessHandle.current().pid(),
        "bench",
        List.of("default"),
        List.of("native"),
        Math.max(1, running.size()),
        running.size(),
        running.stream().map(claim -> claim.task().id()).toList(),
        started,
        false,
        false);
  }

  /** Read after they were queued: the dispatcher queues them as well, and at any moment. */
  private Flux<Claim> claimed(List<Task> tasks) {
    return Flux.fromIterable(tasks)
        .buffer(BATCH)
        .concatMap(
            some -> {
              List<Task> waiting =
                  some.stream().filter(task -> task.state() == TaskState.WAITING).toList();
              List<String> ids = some.stream().map(Task::id).toList();
              return store
                  .pool()
                  .enqueue(waiting)
                  .thenMany(Flux.defer(() -> store.pool().find(ids)))
                  .flatMap(task -> store.pool().claim(task.id(), task.version(), WORKER), TOGETHER);
            })
        .cast(ClaimResult.Claimed.class)
        .map(ClaimResult.Claimed::claim);
  }

  private Mono<Void> end(Claim claim, Kind kind) {
    if (kind != Kind.PREDICTIONS && claim.task().seq() % FAILURES == FAILURES - 1) {
      Outcome failed =
          new Outcome.Failed(
              FailureKind.FATAL,
              "DataException",
              "instrument 'A' has no bars from 2014-01-01 to 2015-12-31: choose another segment",
              "loading features\n".repeat(20) + "DataException: instrument 'A' has no bars\n");
      return store.pool().commit(claim, failed).then();
    }
    Random chance = new Random(claim.task().seq());
    Map<String, Double> metrics =
        Map.of(
            "IC", 0.03 + 0.02 * chance.nextGaussian(),
            "ICIR", 0.3 + 0.1 * chance.nextGaussian(),
            "Rank IC", 0.04 + 0.02 * chance.nextGaussian(),
            "Rank ICIR", 0.35 + 0.1 * chance.nextGaussian(),
            "time.train", 10 * chance.nextDouble());
    return record(claim, kind, metrics, chance)
        .then(Mono.defer(() -> store.pool().commit(claim, new Outcome.Succeeded(metrics))))
        .then(
            kind == Kind.TASKS
                ? Mono.empty()
                : Mono.defer(
                    () -> store.recorders().finish(claim.recorderId(), Recorder.Status.FINISHED)));
  }

  private Mono<Void> record(Claim claim, Kind kind, Map<String, Double> last, Random chance) {
    if (kind == Kind.TASKS) {
      return Mono.empty();
    }
    List<Metric> metrics = new ArrayList<>();
    last.forEach((name, value) -> metrics.add(new Metric(name, 0, value)));
    Recorder recorder =
        new Recorder(
            claim.recorderId(),
            claim.task().experiment(),
            claim.task().id(),
            claim.version(),
            Recorder.Status.RUNNING,
            DefinitionParams.of(claim.task().work()),
            Map.of("worker", WORKER, "host", "bench"),
            Map.of(),
            claim.task().updatedAt(),
            null,
            null);
    if (kind == Kind.RECORDERS) {
      return store.recorders().begin(recorder, metrics);
    }
    for (int round = 0; round < ROUNDS; round++) {
      metrics.add(new Metric("l2.valid", round, 1 - 0.01 * round + 0.001 * chance.nextDouble()));
    }
    return store
        .recorders()
        .begin(recorder, metrics)
        .then(put(recorder.id(), "pred.arrow", scores(claim.task(), "score", chance)))
        .then(put(recorder.id(), "label.arrow", scores(claim.task(), "LABEL0", chance)));
  }

  private Mono<Void> put(String recorder, String path, ScoreTable scores) {
    return Mono.defer(() -> store.artifacts().put(recorder, path, ArrowTables.write(scores)))
        .then();
  }

  /** Of the days of its test segment. */
  private static ScoreTable scores(Task task, String column, Random chance) {
    Map<?, ?> dataset = (Map<?, ?>) Objects.requireNonNull(task.definition().get("dataset"));
    Map<?, ?> segments = (Map<?, ?>) ((Map<?, ?>) dataset.get("kwargs")).get("segments");
    List<?> test = (List<?>) segments.get("test");
    LocalDate first = LocalDate.parse((String) test.get(0));
    LocalDate last = LocalDate.parse((String) test.get(1));
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      for (int i = 0; i < INSTRUMENTS; i++) {
        rows.add(day, "S%03d".formatted(i), chance.nextGaussian());
      }
    }
    return new ScoreTable(column, rows.build());
  }
}
