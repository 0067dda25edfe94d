package io.windrow.store;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.Experiments;
import io.windrow.failpoint.FailPoint;
import io.windrow.pool.PoolRetention;
import io.windrow.pool.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
 *
 * <p>A sweep takes its time, and a workflow may be submitted again meanwhile. What a task has come
 * to since has a higher version than the removed one, and stays; so does a submission that was
 * begun again. Submissions that came during the sweep are asked before tasks are removed, and once
 * more after it: one that was told that its tasks are there has them inserted again.
 */
final class ExpiredResults {
  private static final int BATCH = 500;
  private static final String VERSION = "version";
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  /** A submission bears the time of its plan, which is stored a while after it was made. */
  private static final Duration PLANNING = Duration.ofHours(1);

  private final TaskCollection tasks;
  private final MongoCollection<Document> submissions;
  private final MongoSubmissionStore submissionStore;
  private final MongoCollection<Document> recorders;
  private final MongoCollection<Document> collected;
  private final Experiments experiments;
  private final PoolRetention retention;

  ExpiredResults(
      MongoDatabase database,
      TaskCollection tasks,
      MongoSubmissionStore submissionStore,
      Experiments experiments,
      PoolRetention retention) {
    this.tasks = tasks;
    this.submissionStore = submissionStore;
    this.submissions = database.getCollection(MongoSubmissionStore.COLLECTION);
    this.recorders = database.getCollection("recorders");
    this.collected = database.getCollection("collected");
    this.experiments = experiments;
    this.retention = retention;
  }

  /**
   * One pass over a pool.
   *
   * @param before what was submitted or has ended since then stays
   * @param begun when it began
   * @param version what tasks that were gone when it began have left is below
   */
  private record Sweep(String pool, Instant before, Instant begun, long version) {

    /** Submissions stored during the sweep bear no earlier time. */
    Instant since() {
      Instant planned = begun.minus(PLANNING);
      return planned.isAfter(before) ? planned : before;
    }
  }

  Mono<Long> retire() {
    return retention.list().concatMap(this::retire).reduce(0L, Long::sum);
  }

  private Mono<Long> retire(Retention of) {
    Duration results = of.results();
    if (results == null) {
      return Mono.just(0L);
    }
    Instant now = tasks.now();
    Sweep sweep = new Sweep(of.pool(), now.minus(results), now, tasks.nextVersion(0));
    return ids(createdAt("$lt", sweep.before()).append("pool", sweep.pool()))
        .filterWhen(id -> hasEnded(id, sweep))
        .collectList()
        .flatMap(ended -> ended.isEmpty() ? Mono.just(0L) : remove(ended, sweep));
  }

  private static Document createdAt(String comparison, Instant time) {
    return new Document("createdAt", new Document(comparison, Date.from(time)));
  }

  private Flux<String> ids(Document filter) {
    return Flux.from(submissions.find(filter).projection(Projections.include("_id")))
        .map(d -> d.getString("_id"));
  }

  private Mono<Boolean> hasEnded(String submission, Sweep sweep) {
    return taskIds(submission)
        .buffer(BATCH)
        .concatMap(ids -> tasks.byIds(ids, TaskDocument.STATE, TaskDocument.UPDATED_AT))
        .all(d -> hasEnded(d, sweep));
  }

  private static boolean hasEnded(Document task, Sweep sweep) {
    return TaskDocument.state(task).terminal()
        && TaskDocument.instant(task, TaskDocument.UPDATED_AT).isBefore(sweep.before());
  }

  private Mono<Long> remove(List<String> ended, Sweep sweep) {
    return kept(Set.copyOf(ended), sweep)
        .flatMapMany(
            kept ->
                Flux.fromIterable(ended)
                    .concatMap(
                        submission -> {
                          Flux<List<String>> own =
                              taskIds(submission).filter(id -> !kept.contains(id)).buffer(BATCH);
                          return own.concatMap(ids -> removeBatch(ids, sweep))
                              .reduce(0L, Long::sum)
                              .flatMap(count -> forget(submission, own, sweep).thenReturn(count));
                        }))
        .reduce(0L, Long::sum);
  }

  /** Tasks that a submission lists which has not come to its time. */
  private Mono<Set<String>> kept(Set<String> ended, Sweep sweep) {
    return ids(new Document("pool", sweep.pool()))
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

  private Mono<Long> removeBatch(List<String> ids, Sweep sweep) {
    return sinceBegun(sweep)
        .concatMap(this::taskIds)
        .collect(() -> new HashSet<>(ids), Set::remove)
        .flatMap(own -> removeTasks(own, sweep));
  }

  private Flux<String> sinceBegun(Sweep sweep) {
    return ids(createdAt("$gte", sweep.since()).append("pool", sweep.pool()));
  }

  /** A task that was replayed meanwhile has another version, and stays with all it has. */
  private Mono<Long> removeTasks(Set<String> ids, Sweep sweep) {
    return tasks
        .byIds(ids, TaskDocument.STATE, TaskDocument.UPDATED_AT, TaskDocument.VERSION)
        .collectList()
        .flatMap(
            found -> {
              Map<String, Long> last = new HashMap<>();
              ids.forEach(id -> last.put(id, sweep.version()));
              found.forEach(d -> last.remove(d.getString(TaskDocument.ID)));
              return Flux.fromIterable(found)
                  .filter(d -> hasEnded(d, sweep))
                  .filterWhen(this::delete)
                  .collectMap(
                      d -> d.getString(TaskDocument.ID), d -> d.getLong(TaskDocument.VERSION))
                  .flatMap(
                      removed -> {
                        last.putAll(removed);
                        return insertAgain(removed.keySet(), sweep)
                            .doOnSuccess(again -> FailPoint.EXPIRED_TASKS_REMOVED.pass())
                            .then(purge(last))
                            .thenReturn((long) removed.size());
                      });
            });
  }

  private Mono<Boolean> delete(Document task) {
    return Mono.from(
            tasks
                .mongo()
                .deleteOne(
                    TaskCollection.fence(
                        task.getString(TaskDocument.ID), task.getLong(TaskDocument.VERSION))))
        .map(result -> result.getDeletedCount() == 1);
  }

  /** What a submission lists that came after it was asked for. */
  private Mono<Void> insertAgain(Set<String> removed, Sweep sweep) {
    return removed.isEmpty()
        ? Mono.empty()
        : sinceBegun(sweep)
            .filterWhen(submission -> taskIds(submission).any(removed::contains))
            .concatMap(submissionStore::reopen)
            .then();
  }

  /**
   * Deletes what belongs to tasks.
   *
   * @param last their last versions: what belongs to a later one is not of the removed task
   */
  private Mono<Void> purge(Map<String, Long> last) {
    if (last.isEmpty()) {
      return Mono.empty();
    }
    return Flux.from(
            recorders
                .find(new Document("taskId", new Document("$in", List.copyOf(last.keySet()))))
                .projection(Projections.include("taskId", VERSION))
                .batchSize(BATCH))
        .filter(recorder -> recorder.getLong(VERSION) <= last.get(recorder.getString("taskId")))
        .concatMap(recorder -> experiments.deleteRecorder(recorder.getString("_id"), true))
        .then()
        .doOnSuccess(deleted -> FailPoint.EXPIRED_RECORDERS_DELETED.pass())
        .then(Mono.defer(() -> Mono.from(collected.bulkWrite(places(last), UNORDERED))))
        .then()
        .doOnSuccess(deleted -> FailPoint.EXPIRED_RESULTS_DELETED.pass());
  }

  private static List<DeleteOneModel<Document>> places(Map<String, Long> last) {
    return last.entrySet().stream()
        .map(
            task ->
                new DeleteOneModel<Document>(
                    new Document("_id", task.getKey())
                        .append(VERSION, new Document("$lte", task.getValue()))))
        .toList();
  }

  private Mono<Void> forget(String submission, Flux<List<String>> own, Sweep sweep) {
    return own.concatMap(ids -> tasks.byIds(ids, TaskDocument.STATE))
        .hasElements()
        .filter(left -> !left)
        .flatMap(
            none ->
                Mono.from(
                    submissions.deleteOne(
                        createdAt("$lt", sweep.before()).append("_id", submission))))
        .then();
  }
}
