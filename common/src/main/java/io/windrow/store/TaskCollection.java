package io.windrow.store;

import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.windrow.batch.Batches;
import io.windrow.task.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The collection {@code tasks} and the one way to change it: an update whose filter is exactly
 * {@code {_id, version}}.
 *
 * <p>The filter is a plain document in that shape, because the embedded server finds it through an
 * index in no other. An update whose fate is unclear (the connection broke, or nothing matched and
 * it may have been this very update that moved the task on) is settled by reading the task back.
 */
final class TaskCollection {
  /** The embedded server fails on replies above 48 MB, and MongoDB's documents may have 16. */
  static final int BATCH = 256;

  private static final int BULK = 1_000;

  /** Whole tasks, so a reply stays small against what the embedded server can send. */
  private static final int READ_TOGETHER = 64;

  private static final int WRITTEN_TOGETHER = 256;

  /** Below the patience of those who wait, who then ask again. */
  private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(5);

  private final MongoCollection<Document> tasks;
  private final Clock clock;
  private final Batches<String, Optional<Document>> reads;
  private final Batches<UpdateOneModel<Document>, Boolean> updates;

  TaskCollection(MongoCollection<Document> tasks, Clock clock) {
    this.tasks = tasks;
    this.clock = clock;
    this.reads = new Batches<>(READ_TOGETHER, BATCH_TIMEOUT, this::readAll, e -> false);
    this.updates =
        new Batches<>(WRITTEN_TOGETHER, BATCH_TIMEOUT, this::updateAll, e -> !isUnclear(e));
  }

  MongoCollection<Document> mongo() {
    return tasks;
  }

  /** Now, as precise as the store keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * The version after {@code version}. At least the time, so that a task removed and submitted
   * again, or a store restored from a back-up, never issues a version twice.
   */
  long nextVersion(long version) {
    return Math.max(version + 1, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
  }

  static Document fence(String id, long version) {
    return new Document(TaskDocument.ID, id).append(TaskDocument.VERSION, version);
  }

  /** Empty if there is none. */
  Mono<Document> byId(String id) {
    return Mono.from(tasks.find(new Document(TaskDocument.ID, id)).first());
  }

  /** As {@link #byId}, in one question with others that are asked at the same time. */
  Mono<Document> read(String id) {
    return reads.add(id).flatMap(Mono::justOrEmpty);
  }

  private Mono<List<Optional<Document>>> readAll(List<String> ids) {
    return byIds(ids)
        .collectMap(d -> d.getString(TaskDocument.ID))
        .map(found -> ids.stream().map(id -> Optional.ofNullable(found.get(id))).toList());
  }

  /**
   * Those that are there.
   *
   * @param fields all but the id that is wanted of them; everything if none is named
   */
  Flux<Document> byIds(Collection<String> ids, String... fields) {
    Bson wanted = fields.length == 0 ? null : Projections.include(fields);
    return Flux.fromIterable(ids)
        .buffer(BULK)
        .concatMap(
            some ->
                find(new Document(TaskDocument.ID, new Document("$in", some))).projection(wanted));
  }

  FindPublisher<Document> find(Document filter) {
    return tasks.find(filter).batchSize(BATCH);
  }

  Flux<Task> read(FindPublisher<Document> documents) {
    return Flux.from(documents).map(TaskDocument::read);
  }

  /**
   * Changes a task if it still has this version. Updates that are asked for at the same time go to
   * the store together, each under its own condition.
   *
   * @return false if it had not, and also if that is not known: the answer was lost, or one of the
   *     others' matched nothing, and the store only counts. {@link #readBack} tells
   */
  Mono<Boolean> update(Document filter, Document update) {
    return updates.add(new UpdateOneModel<>(filter, update));
  }

  private Mono<List<Boolean>> updateAll(List<UpdateOneModel<Document>> together) {
    return bulkWrite(together)
        .map(matched -> Collections.nCopies(together.size(), matched == together.size()));
  }

  /**
   * The same, giving the task as changed; empty if it had moved on.
   *
   * @param landed whether a task as read back bears the mark of this update
   */
  Mono<Document> updateAndGet(Document filter, Document update, Predicate<Document> landed) {
    return Mono.from(
            tasks.findOneAndUpdate(
                filter, update, new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
        .onErrorResume(TaskCollection::isUnclear, e -> Mono.empty())
        .switchIfEmpty(
            Mono.defer(() -> readBack(filter.getString(TaskDocument.ID)).filter(landed)));
  }

  /**
   * Many conditional updates at once. Those that match nothing are no error.
   *
   * @return how many matched; less than the models' number also when the answer was lost
   */
  Mono<Integer> bulk(List<UpdateOneModel<Document>> updates) {
    return Flux.fromIterable(updates)
        .buffer(BULK)
        .concatMap(this::bulkWrite)
        .reduce(0, Integer::sum);
  }

  private Mono<Integer> bulkWrite(List<UpdateOneModel<Document>> some) {
    return Mono.from(tasks.bulkWrite(some, new BulkWriteOptions().ordered(false)))
        .map(result -> result.getMatchedCount())
        .onErrorResume(TaskCollection::isUnclear, e -> Mono.just(0));
  }

  /** Whether an operation that ended so may have been carried out. */
  static boolean isUnclear(Throwable e) {
    return e instanceof MongoException && !(e instanceof MongoServerException);
  }

  /** Whether an operation that ended so may succeed later; what it has done already is unclear. */
  static boolean isAway(Throwable e) {
    return isUnclear(e) || e instanceof TimeoutException;
  }

  /** How what must not be given up is asked again: until the store answers, for up to an hour. */
  static Retry whenItIsBack() {
    return Retry.backoff(3_600, Duration.ofMillis(100))
        .maxBackoff(Duration.ofSeconds(1))
        .filter(TaskCollection::isAway);
  }

  /** As {@link #byId}, but other pooled connections may be as dead as the one that failed. */
  Mono<Document> readBack(String id) {
    return read(id).retryWhen(Retry.max(3).filter(MongoSocketException.class::isInstance));
  }
}
