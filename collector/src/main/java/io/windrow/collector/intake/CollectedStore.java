package io.windrow.collector.intake;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.task.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The collection {@code collected}: one document per task, {@code {_id: taskId, version, state,
 * pool, experiment, submission, recorder, metrics, at}}. A document's version only grows, whoever
 * writes and however often.
 */
public final class CollectedStore {
  /** Name of the MongoDB collection. */
  public static final String COLLECTION = "collected";

  private static final int DUPLICATE_KEY = 11000;
  private static final int IDS_PER_READ = 1000;
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private final MongoCollection<Document> documents;

  public CollectedStore(MongoDatabase database) {
    this.documents = database.getCollection(COLLECTION);
  }

  /**
   * Stores outcomes, unless the same or a newer version of the task's outcome is there.
   *
   * <p>Each write is an insert, or a replacement under exactly {@code {_id, version}} as read
   * before. Whoever loses a race reads again, so that the highest version stays in the end.
   */
  public Mono<UpsertCount> upsert(List<Collected> outcomes) {
    Map<String, Collected> newest = new LinkedHashMap<>();
    for (Collected outcome : outcomes) {
      newest.merge(
          outcome.taskId(), outcome, (old, later) -> later.version() > old.version() ? later : old);
    }
    return write(newest.values())
        .map(upserted -> new UpsertCount(upserted, outcomes.size() - upserted));
  }

  /** Those of the tasks that are there, in no particular order. */
  public Flux<Collected> find(Collection<String> taskIds) {
    return Flux.fromIterable(taskIds)
        .buffer(IDS_PER_READ)
        .concatMap(ids -> documents.find(anyOf(ids)).batchSize(IDS_PER_READ))
        .map(CollectedStore::outcome);
  }

  /** How many done tasks of each pool are there; an index alone tells. */
  public Mono<Map<String, Long>> done() {
    Document match = new Document("state", TaskState.DONE.word());
    Document group = new Document("_id", "$pool").append("n", new Document("$sum", 1L));
    return Flux.from(
            documents.aggregate(
                List.of(new Document("$match", match), new Document("$group", group))))
        .collectMap(row -> row.getString("_id"), row -> row.get("n", Number.class).longValue());
  }

  /** Creates the index that is not there. */
  public Mono<Void> createIndexes() {
    return Mono.from(documents.createIndex(Indexes.ascending("state", "pool"))).then();
  }

  private Mono<Integer> write(Collection<Collected> outcomes) {
    return versions(outcomes.stream().map(Collected::taskId).toList())
        .flatMap(
            stored -> {
              List<Collected> newer =
                  outcomes.stream()
                      .filter(o -> o.version() > stored.getOrDefault(o.taskId(), 0L))
                      .toList();
              return newer.isEmpty() ? Mono.just(0) : write(newer, stored);
            });
  }

  private Mono<Integer> write(List<Collected> newer, Map<String, Long> stored) {
    List<WriteModel<Document>> writes = new ArrayList<>(newer.size());
    int inserts = 0;
    for (Collected outcome : newer) {
      Long version = stored.get(outcome.taskId());
      inserts += version == null ? 1 : 0;
      writes.add(
          version == null
              ? new InsertOneModel<>(document(outcome))
              : new ReplaceOneModel<>(
                  new Document("_id", outcome.taskId()).append("version", version),
                  document(outcome)));
    }
    int insertions = inserts;
    return Mono.from(documents.bulkWrite(writes, UNORDERED))
        .map(result -> insertions + result.getMatchedCount())
        .onErrorResume(MongoBulkWriteException.class, e -> writtenDespite(e, insertions))
        .flatMap(
            written ->
                written == newer.size()
                    ? Mono.just(written)
                    : write(newer).map(again -> written + again));
  }

  /**
   * A duplicate key is a lost race, to be settled by reading again; all else is an error. The
   * embedded store counts refused insertions among the done ones, so the refusals are counted.
   */
  private static Mono<Integer> writtenDespite(MongoBulkWriteException e, int insertions) {
    boolean races =
        e.getWriteConcernError() == null
            && e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
    return races
        ? Mono.just(insertions - e.getWriteErrors().size() + e.getWriteResult().getMatchedCount())
        : Mono.error(e);
  }

  /** The versions of those of the tasks that are there, by id. */
  Mono<Map<String, Long>> versions(Collection<String> taskIds) {
    return Flux.fromIterable(taskIds)
        .buffer(IDS_PER_READ)
        .concatMap(
            ids ->
                documents
                    .find(anyOf(ids))
                    .projection(new Document("version", 1))
                    .batchSize(IDS_PER_READ))
        .collectMap(d -> d.getString("_id"), d -> d.get("version", Number.class).longValue());
  }

  private static Document anyOf(List<String> ids) {
    return new Document("_id", new Document("$in", ids));
  }

  private static Document document(Collected outcome) {
    return new Document("_id", outcome.taskId())
        .append("version", outcome.version())
        .append("state", outcome.state().word())
        .append("pool", outcome.pool())
        .append("experiment", outcome.experiment())
        .append("submission", outcome.submission())
        .append("recorder", outcome.recorder())
        .append("metrics", entries(outcome.metrics()))
        .append("at", Date.from(outcome.at()));
  }

  private static Collected outcome(Document document) {
    Map<String, Double> metrics = new HashMap<>();
    for (Document metric : document.getList("metrics", Document.class)) {
      metrics.put(metric.getString("name"), metric.get("value", Number.class).doubleValue());
    }
    return new Collected(
        document.getString("_id"),
        document.get("version", Number.class).longValue(),
        TaskState.ofWord(document.getString("state")),
        document.getString("pool"),
        document.getString("experiment"),
        document.getString("submission"),
        document.getString("recorder"),
        metrics,
        document.get("at", Date.class).toInstant());
  }

  /** A list, since a metric's name ({@code l2.valid}) may hold a dot, which no field's may. */
  private static List<Document> entries(Map<String, Double> metrics) {
    return metrics.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(metric -> new Document("name", metric.getKey()).append("value", metric.getValue()))
        .toList();
  }
}
