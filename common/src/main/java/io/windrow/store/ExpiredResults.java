package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.Experiments;
import io.windrow.pool.PoolRetention;
import io.windrow.pool.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Submissions that a pool has kept long enough. A daily job lists its old windows in each new
 * submission, so a task goes only when every submission that lists it has come to its time.
 *
 * <p>Of a task itself goes first, by its version, so that a replay and a removal cannot both win;
 * then its recorders with metrics and artifacts, and its place in the collection. The submission,
 * which lists it, goes last: whoever dies in between, the next sweep looks again for what belongs
 * to tasks that are not there.
 */
final class ExpiredResults {
  private static final int BATCH = 500;

  private final TaskCollection tasks;
  private final MongoCollection<Document> submissions;
  private final MongoCollection<Document> recorders;
  private final MongoCollection<Document> collected;
  private final Experiments experiments;
  private final PoolRetention retention;

  ExpiredResults(
      MongoDatabase database,
      TaskCollection tasks,
      Experiments experiments,
      PoolRetention retention) {
    this.tasks = tasks;
    this.submissions = database.getCollection(MongoSubmissionStore.COLLECTION);
    this.recorders = database.getCollection("recorders");
    this.collected = database.getCollection("collected");
    this.experiments = experiments;
    this.retention = retention;
  }

  Mono<Long> retire() {
    return retention.list().concatMap(this::retire).reduce(0L, Long::sum);
  }

  private Mono<Long> retire(Retention of) {
    Duration results = of.results();
    if (results == null) {
      return Mono.just(0L);
    }
    Instant before = tasks.now().minus(results);
    return Flux.from(
            submissions
                .find(
                    new Document("pool", of.pool())
                        .append("createdAt", new Document("$lt", Date.from(before))))
                .projection(Projections.include("_id")))
        .map(d -> d.getString("_id"))
        .filterWhen(id -> hasEnded(id, before))
        .collectList()
        .flatMap(ended -> ended.isEmpty() ? Mono.just(0L) : remove(of.pool(), ended));
  }

  private Mono<Boolean> hasEnded(String submission, Instant before) {
    return taskIds(submission)
        .buffer(BATCH)
        .concatMap(ids -> tasks.byIds(ids, TaskDocument.STATE, TaskDocument.UPDATED_AT))
        .all(
            d ->
                TaskDocument.state(d).terminal()
                    && TaskDocument.instant(d, TaskDocument.UPDATED_AT).isBefore(before));
  }

  private Mono<Long> remove(String pool, List<String> ended) {
    return kept(pool, Set.copyOf(ended))
        .flatMapMany(
            kept ->
                Flux.fromIterable(ended)
                    .concatMap(
                        submission -> {
                          Flux<List<String>> own =
                              taskIds(submission).filter(id -> !kept.contains(id)).buffer(BATCH);
                          return own.concatMap(this::remove)
                              .reduce(0L, Long::sum)
                              .flatMap(count -> forget(submission, own).thenReturn(count));
                        }))
        .reduce(0L, Long::sum);
  }

  /** Tasks that a submission lists which has not come to its time. */
  private Mono<Set<String>> kept(String pool, Set<String> ended) {
    return Flux.from(
            submissions.find(new Document("pool", pool)).projection(Projections.include("_id")))
        .map(d -> d.getString("_id"))
        .filter(id -> !ended.contains(id))
        .concatMap(this::taskIds)
        .collect(HashSet::new, Set::add);
  }

  private Flux<String> taskIds(String submission) {
    return Mono.from(
            submissions
                .find(new Document("_id", submission))
                .projection(Projections.include("taskIds"))
                .first())
        .flatMapIterable(d -> d.getList("taskIds", String.class));
  }

  /** A task that was replayed meanwhile has another version, and stays with all it has. */
  private Mono<Long> remove(List<String> ids) {
    return tasks
        .byIds(ids, TaskDocument.STATE, TaskDocument.VERSION)
        .collectList()
        .flatMap(
            found -> {
              Set<String> gone = new HashSet<>(ids);
              found.forEach(d -> gone.remove(d.getString(TaskDocument.ID)));
              return Flux.fromIterable(found)
                  .filter(d -> TaskDocument.state(d).terminal())
                  .concatMap(this::delete)
                  .doOnNext(gone::add)
                  .count()
                  .flatMap(count -> purge(gone).thenReturn(count));
            });
  }

  private Mono<String> delete(Document task) {
    String id = task.getString(TaskDocument.ID);
    return Mono.from(
            tasks.mongo().deleteOne(TaskCollection.fence(id, task.getLong(TaskDocument.VERSION))))
        .filter(result -> result.getDeletedCount() == 1)
        .thenReturn(id);
  }

  private Mono<Void> purge(Set<String> gone) {
    List<String> ids = List.copyOf(gone);
    return Flux.from(
            recorders
                .find(new Document("taskId", new Document("$in", ids)))
                .projection(Projections.include("_id"))
                .batchSize(BATCH))
        .concatMap(recorder -> experiments.deleteRecorder(recorder.getString("_id"), true))
        .then(Mono.from(collected.deleteMany(new Document("_id", new Document("$in", ids)))))
        .then();
  }

  private Mono<Void> forget(String submission, Flux<List<String>> own) {
    return own.concatMap(ids -> tasks.byIds(ids, TaskDocument.STATE))
        .hasElements()
        .filter(left -> !left)
        .flatMap(none -> Mono.from(submissions.deleteOne(new Document("_id", submission))))
        .then();
  }
}
