package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.RecorderStore;
import io.windrow.pool.PoolRetention;
import io.windrow.pool.Retention;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Attempts that are no part of any outcome. An attempt and its recorder have the same version, so
 * the task tells: it runs under that version, or names the recorder in a result, or its history has
 * an entry of that version, or the attempt was lost.
 *
 * <p>A recorder whose leftovers are gone is marked {@code swept} and not looked at again, but no
 * sooner than the grace after it was closed: a worker that has lost its claim may write until it
 * notices.
 */
final class LostAttempts {
  private static final int BATCH = 500;
  private static final String SWEPT = "swept";

  /** What a history says of attempts whose leftovers explain something. */
  private static final Set<String> EXPLAINING = Set.of("failed", "retry");

  private final TaskCollection tasks;
  private final MongoCollection<Document> documents;
  private final RecorderStore recorders;
  private final ArtifactStore artifacts;
  private final PoolRetention retention;

  LostAttempts(
      MongoDatabase database,
      TaskCollection tasks,
      RecorderStore recorders,
      ArtifactStore artifacts,
      PoolRetention retention) {
    this.tasks = tasks;
    this.documents = database.getCollection("recorders");
    this.recorders = recorders;
    this.artifacts = artifacts;
    this.retention = retention;
  }

  /** What has become of an attempt. */
  private enum Fate {
    /** It goes on, or is part of an outcome. */
    OWNED,
    /** It failed, and that was recorded: its leftovers are kept for a while. */
    EXPLAINS,
    /** Nothing came of it. */
    LOST
  }

  Mono<Long> sweep(Duration grace) {
    Instant now = tasks.now();
    Document unfinished =
        new Document("status", new Document("$in", List.of("running", "failed")))
            .append("taskId", new Document("$gt", ""))
            .append(SWEPT, new Document("$ne", true))
            .append("startedAt", new Document("$lt", Date.from(now.minus(grace))));
    return retention
        .list()
        .collectMap(Retention::pool)
        .flatMap(
            kept ->
                Flux.from(
                        documents
                            .find(unfinished)
                            .projection(
                                Projections.include("taskId", "version", "status", "endedAt"))
                            .batchSize(BATCH))
                    .buffer(BATCH)
                    .concatMap(some -> sweep(some, kept, now, grace))
                    .reduce(0L, Long::sum));
  }

  private Mono<Long> sweep(
      List<Document> some, Map<String, Retention> kept, Instant now, Duration grace) {
    return tasks
        .byIds(some.stream().map(d -> d.getString("taskId")).distinct().toList())
        .collectMap(d -> d.getString(TaskDocument.ID))
        .flatMapMany(
            found ->
                Flux.fromIterable(some)
                    .filter(d -> isOver(d, found.get(d.getString("taskId")), kept, now))
                    .concatMap(d -> clear(d, now, grace)))
        .count();
  }

  private static boolean isOver(
      Document recorder, @Nullable Document task, Map<String, Retention> kept, Instant now) {
    return switch (fate(recorder, task)) {
      case OWNED -> false;
      case LOST -> true;
      case EXPLAINS -> {
        String pool = Objects.requireNonNull(task).getString(TaskDocument.POOL);
        Date ended = recorder.getDate("endedAt");
        Duration keep = kept.getOrDefault(pool, Retention.standard(pool)).attempts();
        yield ended != null && ended.toInstant().plus(keep).isBefore(now);
      }
    };
  }

  private static Fate fate(Document recorder, @Nullable Document task) {
    if (task == null) {
      return Fate.LOST;
    }
    long version = recorder.getLong("version");
    boolean runs =
        TaskDocument.state(task) == TaskState.RUNNING
            && task.getLong(TaskDocument.VERSION) == version;
    if (runs || results(task).anyMatch(recorder.getString("_id")::equals)) {
      return Fate.OWNED;
    }
    boolean explains =
        task.getList(TaskDocument.HISTORY, Document.class).stream()
            .filter(entry -> Objects.equals(entry.getLong(TaskDocument.RAN), version))
            .anyMatch(entry -> EXPLAINING.contains(entry.getString("outcome")));
    return explains ? Fate.EXPLAINS : Fate.LOST;
  }

  /** Recorders named by the task's result and by those of its stages. */
  private static Stream<String> results(Document task) {
    return Stream.concat(
            task.getList(TaskDocument.EARLIER, Document.class, List.of()).stream(),
            Stream.ofNullable(task.get(TaskDocument.RESULT, Document.class)))
        .map(result -> result.getString("recorder"));
  }

  private Mono<String> clear(Document recorder, Instant now, Duration grace) {
    String id = recorder.getString("_id");
    boolean runs = recorder.getString("status").equals("running");
    Date ended = recorder.getDate("endedAt");
    boolean quiet = !runs && ended != null && ended.toInstant().plus(grace).isBefore(now);
    Mono<Void> close = runs ? recorders.finish(id, Recorder.Status.FAILED) : Mono.empty();
    Mono<?> mark =
        quiet
            ? Mono.from(
                documents.updateOne(
                    new Document("_id", id), new Document("$set", new Document(SWEPT, true))))
            : Mono.empty();
    return close.then(artifacts.delete(id)).then(mark).thenReturn(id);
  }
}
