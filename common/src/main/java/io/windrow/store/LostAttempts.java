package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.ArtifactStore;
import io.windrow.failpoint.FailPoint;
import io.windrow.pool.PoolRetention;
import io.windrow.pool.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What attempts have left behind that are no part of any outcome. Their recorders were closed as
 * failed, and have the versions that the attempts had: so the task's history tells what became of
 * them. A recorder whose leftovers are gone is marked {@code swept} and not looked at again.
 */
final class LostAttempts {
  private static final int BATCH = 500;
  private static final String SWEPT = "swept";
  private static final String ENDED_AT = "endedAt";

  /** What a history says of attempts whose leftovers explain something. */
  private static final Set<String> EXPLAINING = Set.of("failed", "retry");

  private final TaskCollection tasks;
  private final MongoCollection<Document> documents;
  private final ArtifactStore artifacts;
  private final PoolRetention retention;

  LostAttempts(
      MongoDatabase database,
      TaskCollection tasks,
      ArtifactStore artifacts,
      PoolRetention retention) {
    this.tasks = tasks;
    this.documents = database.getCollection("recorders");
    this.artifacts = artifacts;
    this.retention = retention;
  }

  Mono<Long> sweep(Duration grace) {
    Instant now = tasks.now();
    Document failed =
        new Document("status", "failed")
            .append("taskId", new Document("$gt", ""))
            .append(SWEPT, new Document("$ne", true))
            .append(ENDED_AT, new Document("$lt", Date.from(now.minus(grace))));
    return retention
        .list()
        .collectMap(Retention::pool)
        .flatMap(
            kept ->
                Flux.from(
                        documents
                            .find(failed)
                            .projection(Projections.include("taskId", "version", ENDED_AT))
                            .batchSize(BATCH))
                    .buffer(BATCH)
                    .concatMap(some -> sweep(some, kept, now))
                    .reduce(0L, Long::sum));
  }

  private Mono<Long> sweep(List<Document> some, Map<String, Retention> kept, Instant now) {
    return tasks
        .byIds(
            some.stream().map(d -> d.getString("taskId")).distinct().toList(),
            TaskDocument.POOL,
            TaskDocument.HISTORY)
        .collectMap(d -> d.getString(TaskDocument.ID))
        .flatMapMany(
            found ->
                Flux.fromIterable(some)
                    .filter(d -> !isKept(d, found.get(d.getString("taskId")), kept, now))
                    .concatMap(this::clear))
        .count();
  }

  private static boolean isKept(
      Document recorder, @Nullable Document task, Map<String, Retention> kept, Instant now) {
    if (task == null || !explains(recorder.getLong("version"), task)) {
      return false;
    }
    String pool = task.getString(TaskDocument.POOL);
    Duration time = kept.getOrDefault(pool, Retention.standard(pool)).attempts();
    return !recorder.getDate(ENDED_AT).toInstant().plus(time).isBefore(now);
  }

  private static boolean explains(Long version, Document task) {
    return task.getList(TaskDocument.HISTORY, Document.class).stream()
        .filter(entry -> version.equals(entry.getLong(TaskDocument.RAN)))
        .anyMatch(entry -> EXPLAINING.contains(entry.getString("outcome")));
  }

  private Mono<String> clear(Document recorder) {
    String id = recorder.getString("_id");
    Document mark = new Document("$set", new Document(SWEPT, true));
    return artifacts
        .delete(id)
        .doOnSuccess(deleted -> FailPoint.LEFTOVERS_DELETED.pass())
        .then(Mono.from(documents.updateOne(new Document("_id", id), mark)))
        .thenReturn(id);
  }
}
