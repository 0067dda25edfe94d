package io.windrow.experiment;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.Recorder.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Experiments and the life of their recorders: what Qlib's {@code R} does, without a hidden current
 * experiment. An experiment is there as soon as it was created or has a recorder.
 *
 * <p>A recorder that belongs to a task is written by the task's worker alone; to end or resume it
 * here is refused with {@link RecorderConflictException}.
 */
public final class Experiments {
  /** Experiments that were created by name; those with recorders need no entry. */
  private static final String NAMES = "experiments";

  private static final String EXPERIMENT = "experiment";
  private static final int BATCH = 500;

  private final MongoCollection<Document> names;
  private final MongoCollection<Document> recorders;
  private final MongoCollection<Document> history;
  private final RecorderStore store;
  private final ArtifactStore artifacts;
  private final Clock clock;

  /**
   * Works on the same database as the stores.
   *
   * @param clock for start and end times
   */
  public Experiments(
      MongoDatabase database, RecorderStore store, ArtifactStore artifacts, Clock clock) {
    this.names = database.getCollection(NAMES);
    this.recorders = database.getCollection(MongoRecorderStore.RECORDERS);
    this.history = database.getCollection(MongoRecorderStore.METRICS);
    this.store = store;
    this.artifacts = artifacts;
    this.clock = clock;
  }

  /**
   * An experiment and how many recorders it has.
   *
   * @param name its name
   * @param statuses recorders by status; a status without recorders is absent
   * @param latest when the newest recorder was started, or null if there is none
   */
  public record Experiment(String name, Map<Status, Long> statuses, @Nullable Instant latest) {
    public Experiment {
      statuses = Map.copyOf(statuses);
    }

    /** Number of recorders. */
    public long recorders() {
      return statuses.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Creates an experiment; true if it was not there. */
  public Mono<Boolean> create(String name) {
    Names.requireExperiment(name);
    return find(name)
        .hasElement()
        .flatMap(
            there ->
                Mono.from(
                        names.updateOne(
                            new Document("_id", name),
                            new Document(
                                "$setOnInsert",
                                new Document("createdAt", Date.from(clock.instant()))),
                            new UpdateOptions().upsert(true)))
                    .thenReturn(!there));
  }

  /** All experiments, by name. */
  public Mono<List<Experiment>> list() {
    return list(new Document());
  }

  /** One experiment; empty if there is none of that name. */
  public Mono<Experiment> find(String name) {
    return list(Filters.eq(EXPERIMENT, name))
        .flatMap(
            found ->
                Mono.justOrEmpty(
                    found.stream().filter(one -> one.name().equals(name)).findFirst()));
  }

  /**
   * Deletes an experiment with its recorders, their metrics and artifacts. Cut short, it can be
   * repeated.
   *
   * @param force also if a recorder is running
   * @return an error with {@link RecorderConflictException} if one is running, and nothing is
   *     deleted
   */
  public Mono<Void> delete(String name, boolean force) {
    Bson running = Filters.and(Filters.eq(EXPERIMENT, name), Filters.eq("status", "running"));
    return Mono.from(recorders.countDocuments(running))
        .flatMap(
            count -> {
              if (count > 0 && !force) {
                return Mono.error(
                    new RecorderConflictException(
                        "%d recorders of experiment '%s' are running: end them first, or force it"
                            .formatted(count, name)));
              }
              return Flux.from(
                      recorders
                          .find(Filters.eq(EXPERIMENT, name))
                          .projection(new Document("_id", 1))
                          .batchSize(BATCH))
                  .concatMap(recorder -> purge(recorder.getString("_id")))
                  .then(Mono.from(names.deleteOne(new Document("_id", name))))
                  .then();
            });
  }

  /** Starts a new recorder; the experiment is created if need be. It is running then. */
  public Mono<Recorder> start(String experiment, String name, Map<String, String> tags) {
    Names.requireExperiment(experiment);
    Map<String, String> named = new HashMap<>(tags);
    named.put(Recorder.NAME_TAG, Names.requireName(name));
    Recorder recorder =
        new Recorder(
            UUID.randomUUID().toString().replace("-", ""),
            experiment,
            "",
            0,
            Status.RUNNING,
            Map.of(),
            named,
            Map.of(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            null,
            null);
    return store.begin(recorder).thenReturn(recorder);
  }

  /**
   * Goes on with a recorder: the one of that id, else the latest of that name, else a new one of
   * that name.
   *
   * @param id preferred, or null
   */
  public Mono<Recorder> resume(String experiment, @Nullable String id, String name) {
    Mono<Recorder> byId =
        id == null
            ? Mono.empty()
            : store.find(id).filter(recorder -> recorder.experiment().equals(experiment));
    return byId.switchIfEmpty(Mono.defer(() -> latest(experiment, name)))
        .flatMap(
            recorder ->
                requireOwn(recorder)
                    .then(
                        Mono.from(
                            recorders.updateOne(
                                new Document("_id", recorder.id()),
                                new Document("$set", new Document("status", "running"))
                                    .append("$unset", new Document("endedAt", "")))))
                    .then(store.find(recorder.id())))
        .switchIfEmpty(Mono.defer(() -> start(experiment, name, Map.of())));
  }

  /**
   * Ends a recorder; ending it again with the same status changes nothing. Empty if there is none.
   *
   * @param status {@code FINISHED} or {@code FAILED}
   */
  public Mono<Recorder> end(String id, Status status) {
    if (status != Status.FINISHED && status != Status.FAILED) {
      return Mono.error(
          new RecorderConflictException("a recorder ends as finished or failed, not as " + status));
    }
    return store
        .find(id)
        .flatMap(
            recorder -> {
              if (recorder.status() == status) {
                return Mono.just(recorder);
              }
              if (recorder.status() != Status.RUNNING) {
                return Mono.error(
                    new RecorderConflictException(
                        "recorder %s has ended as %s: resume it first"
                            .formatted(id, recorder.status().name().toLowerCase(Locale.ROOT))));
              }
              return requireOwn(recorder).then(store.finish(id, status)).then(store.find(id));
            });
  }

  /**
   * Runs work inside a new recorder, as {@code with R.start()} does: it is finished when the work
   * is, and failed when the work fails or is given up.
   */
  public <T> Mono<T> run(String experiment, String name, Function<Recorder, Mono<T>> work) {
    return Mono.usingWhen(
        start(experiment, name, Map.of()),
        work,
        recorder -> end(recorder.id(), Status.FINISHED),
        (recorder, error) -> end(recorder.id(), Status.FAILED),
        recorder -> end(recorder.id(), Status.FAILED));
  }

  /** A recorder of an experiment by its id, else the latest of that name; empty if none. */
  public Mono<Recorder> recorder(String experiment, String idOrName) {
    return store
        .find(idOrName)
        .filter(recorder -> recorder.experiment().equals(experiment))
        .switchIfEmpty(Mono.defer(() -> latest(experiment, idOrName)));
  }

  /** Recorders, newest first. Their number has no bound but the query's. */
  public Flux<Recorder> recorders(RecorderQuery query) {
    return Flux.from(
            recorders
                .find(query.filter())
                .sort(Sorts.descending("startedAt", "_id"))
                .limit(query.limit())
                .batchSize(BATCH))
        .map(MongoRecorderStore::recorder);
  }

  /**
   * Deletes a recorder with its metrics and artifacts; false if there is none. A collection that
   * needs its artifacts says then that they are missing.
   *
   * @param force also if it is running
   */
  public Mono<Boolean> deleteRecorder(String id, boolean force) {
    return store
        .find(id)
        .flatMap(
            recorder ->
                recorder.status() == Status.RUNNING && !force
                    ? Mono.<Boolean>error(
                        new RecorderConflictException(
                            "recorder %s is running: end it first, or force it".formatted(id)))
                    : purge(id).thenReturn(true))
        .defaultIfEmpty(false);
  }

  /** An error if the recorder is a task's. */
  static Mono<Void> requireOwn(Recorder recorder) {
    return recorder.taskId().isEmpty()
        ? Mono.empty()
        : Mono.error(
            new RecorderConflictException(
                "recorder %s belongs to task %s, whose worker alone writes it"
                    .formatted(recorder.id(), recorder.taskId())));
  }

  private Mono<Recorder> latest(String experiment, String name) {
    return recorders(RecorderQuery.of(experiment).named(name).atMost(1)).next();
  }

  /** The recorder itself goes last, so that a deletion cut short can be repeated. */
  private Mono<Void> purge(String id) {
    return artifacts
        .delete(id)
        .then(Mono.from(history.deleteMany(new Document("recorder", id))))
        .then(Mono.from(recorders.deleteOne(new Document("_id", id))))
        .then();
  }

  private Mono<List<Experiment>> list(Bson filter) {
    Mono<List<Document>> counts =
        Flux.from(
                recorders.aggregate(
                    List.of(
                        Aggregates.match(filter),
                        Aggregates.group(
                            new Document(EXPERIMENT, "$experiment").append("status", "$status"),
                            Accumulators.sum("count", 1),
                            Accumulators.max("latest", "$startedAt")))))
            .collectList();
    Mono<List<String>> created =
        Flux.from(names.find().batchSize(BATCH)).map(d -> d.getString("_id")).collectList();
    return Mono.zip(counts, created, Experiments::merge);
  }

  private static List<Experiment> merge(List<Document> counts, List<String> created) {
    Map<String, Map<Status, Long>> statuses = new TreeMap<>();
    Map<String, Instant> latest = new HashMap<>();
    created.forEach(name -> statuses.put(name, new EnumMap<>(Status.class)));
    for (Document row : counts) {
      Document key = row.get("_id", Document.class);
      String name = key.getString(EXPERIMENT);
      statuses
          .computeIfAbsent(name, n -> new EnumMap<>(Status.class))
          .put(
              Status.valueOf(key.getString("status").toUpperCase(Locale.ROOT)),
              row.get("count", Number.class).longValue());
      latest.merge(
          name,
          row.getDate("latest").toInstant(),
          (one, other) -> one.isAfter(other) ? one : other);
    }
    List<Experiment> experiments = new ArrayList<>();
    statuses.forEach(
        (name, counted) -> experiments.add(new Experiment(name, counted, latest.get(name))));
    return experiments;
  }
}
