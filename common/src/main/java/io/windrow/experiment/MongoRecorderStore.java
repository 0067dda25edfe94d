package io.windrow.experiment;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.batch.Batches;
import io.windrow.experiment.Recorder.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Recorders in {@code recorders}, every value of every metric in {@code metrics}. Writes that are
 * asked for at the same time, for whichever recorders, go to the store together.
 */
public final class MongoRecorderStore implements RecorderStore {
  static final String RECORDERS = "recorders";
  static final String METRICS = "metrics";

  /** All that a list of experiments needs. */
  private static final Bson EXPERIMENTS = Indexes.ascending("experiment", "status", "startedAt");

  private static final String PREVIOUS = "previous";
  private static final int BATCH = 1000;
  private static final int DUPLICATE_KEY = 11000;
  private static final int WRITTEN_TOGETHER = 256;

  /** Below the patience of those who wait, who then write again. */
  private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(5);

  private final MongoCollection<Document> recorders;
  private final MongoCollection<Document> history;
  private final Clock clock;
  private final Batches<UpdateOneModel<Document>, Boolean> updates;
  private final Batches<List<Document>, Boolean> inserts;

  public MongoRecorderStore(MongoDatabase database, Clock clock) {
    this.recorders = database.getCollection(RECORDERS);
    this.history = database.getCollection(METRICS);
    this.clock = clock;
    this.updates =
        new Batches<>(
            WRITTEN_TOGETHER, BATCH_TIMEOUT, this::updateAll, MongoRecorderStore::isOfOne);
    this.inserts =
        new Batches<>(
            WRITTEN_TOGETHER, BATCH_TIMEOUT, this::insertAll, MongoRecorderStore::isOfOne);
  }

  /** The store, or the driver, refused something: it is not just away. */
  private static boolean isOfOne(Throwable e) {
    return e instanceof MongoServerException || !(e instanceof MongoException);
  }

  private Mono<Void> update(String id, Bson update, UpdateOptions options) {
    return updates.add(new UpdateOneModel<>(byId(id), update, options)).then();
  }

  private Mono<List<Boolean>> updateAll(List<UpdateOneModel<Document>> together) {
    return Mono.from(recorders.bulkWrite(together, new BulkWriteOptions().ordered(false)))
        .thenReturn(Collections.nCopies(together.size(), true));
  }

  private Mono<List<Boolean>> insertAll(List<List<Document>> together) {
    return insert(together.stream().flatMap(List::stream).toList())
        .thenReturn(Collections.nCopies(together.size(), true));
  }

  /** Creates the indexes; idempotent. */
  public Mono<Void> createIndexes() {
    return Mono.from(
            recorders.createIndex(
                Indexes.compoundIndex(
                    Indexes.ascending("experiment"), Indexes.descending("startedAt", "_id"))))
        .then(Mono.from(recorders.createIndex(EXPERIMENTS)))
        .then(Mono.from(recorders.createIndex(Indexes.ascending("taskId"))))
        .then(
            Mono.from(
                history.createIndex(
                    Indexes.ascending("recorder", "name", "step"), new IndexOptions())))
        .then();
  }

  @Override
  public Mono<Void> begin(Recorder recorder, List<Metric> metrics) {
    Document document =
        new Document("experiment", recorder.experiment())
            .append("taskId", recorder.taskId())
            .append("version", recorder.version())
            .append("status", word(recorder.status()))
            .append("params", encode(recorder.params()))
            .append("tags", encode(recorder.tags()))
            .append("startedAt", Date.from(recorder.startedAt()));
    if (recorder.previous() != null) {
      document.append(PREVIOUS, recorder.previous());
    }
    Document update = new Document("$setOnInsert", document);
    if (metrics.isEmpty()) {
      document.append("metrics", encode(recorder.metrics()));
    } else {
      update.append("$set", fields("metrics", last(metrics)));
    }
    return history(recorder.id(), metrics)
        .and(update(recorder.id(), update, new UpdateOptions().upsert(true)));
  }

  @Override
  public Mono<Void> params(String id, Map<String, String> params) {
    return set(id, "params", params);
  }

  @Override
  public Mono<Void> tags(String id, Map<String, String> tags) {
    return set(id, "tags", tags);
  }

  @Override
  public Mono<Void> metrics(String id, List<Metric> metrics) {
    if (metrics.isEmpty()) {
      return Mono.empty();
    }
    return history(id, metrics).and(set(id, "metrics", last(metrics)));
  }

  private static Map<String, Double> last(List<Metric> metrics) {
    Map<String, Double> last = new LinkedHashMap<>();
    metrics.forEach(metric -> last.put(metric.name(), metric.value()));
    return last;
  }

  private Mono<Void> history(String id, List<Metric> metrics) {
    if (metrics.isEmpty()) {
      return Mono.empty();
    }
    Date now = Date.from(clock.instant());
    Map<String, Document> values = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      String place = id + "/" + metric.step() + "/" + metric.name();
      values.put(
          place,
          new Document("_id", place)
              .append("recorder", id)
              .append("name", metric.name())
              .append("step", metric.step())
              .append("value", metric.value())
              .append("at", now));
    }
    return inserts.add(List.copyOf(values.values())).then();
  }

  /** Inserts, which is what nearly always is to be done; what is there already is replaced. */
  private Mono<Void> insert(List<Document> values) {
    return Mono.from(history.insertMany(values, new InsertManyOptions().ordered(false)))
        .then()
        .onErrorResume(MongoBulkWriteException.class, e -> replace(values, e));
  }

  private Mono<Void> replace(List<Document> values, MongoBulkWriteException e) {
    List<WriteModel<Document>> replacements = new ArrayList<>();
    for (BulkWriteError error : e.getWriteErrors()) {
      if (error.getCode() != DUPLICATE_KEY) {
        return Mono.error(e);
      }
      Document value = values.get(error.getIndex());
      replacements.add(new ReplaceOneModel<>(new Document("_id", value.get("_id")), value));
    }
    return replacements.isEmpty()
        ? Mono.error(e)
        : Mono.from(history.bulkWrite(replacements)).then();
  }

  @Override
  public Mono<Void> finish(String id, Status status) {
    return update(
        id,
        new Document(
            "$set",
            new Document("status", word(status)).append("endedAt", Date.from(clock.instant()))),
        new UpdateOptions());
  }

  @Override
  public Mono<Recorder> find(String id) {
    return Mono.from(recorders.find(byId(id)).first()).map(MongoRecorderStore::recorder);
  }

  @Override
  public Flux<Recorder> list(String experiment, int limit) {
    return Flux.from(
            recorders
                .find(Filters.eq("experiment", experiment))
                .sort(Sorts.descending("startedAt", "_id"))
                .limit(limit)
                .batchSize(BATCH))
        .map(MongoRecorderStore::recorder);
  }

  /** Those of a task, one for each attempt, in no order. */
  public Flux<Recorder> ofTask(String task) {
    return Flux.from(recorders.find(new Document("taskId", task)).batchSize(BATCH))
        .map(MongoRecorderStore::recorder);
  }

  @Override
  public Flux<Metric> history(String id, String metric) {
    return Flux.from(
            history
                .find(new Document("recorder", id).append("name", metric))
                .sort(Sorts.ascending("step"))
                .batchSize(BATCH))
        .map(d -> new Metric(metric, d.getInteger("step"), d.getDouble("value")));
  }

  private Mono<Void> set(String id, String field, Map<String, ?> values) {
    if (values.isEmpty()) {
      return Mono.empty();
    }
    return update(id, new Document("$set", fields(field, values)), new UpdateOptions());
  }

  private static Document fields(String part, Map<String, ?> values) {
    Document fields = new Document();
    values.forEach((name, value) -> fields.append(part + "." + encode(name), value));
    return fields;
  }

  static Recorder recorder(Document document) {
    Date endedAt = document.getDate("endedAt");
    return new Recorder(
        document.getString("_id"),
        document.getString("experiment"),
        document.getString("taskId"),
        document.getLong("version"),
        Status.valueOf(document.getString("status").toUpperCase(Locale.ROOT)),
        decode(document, "params", String.class::cast),
        decode(document, "tags", String.class::cast),
        decode(document, "metrics", Double.class::cast),
        document.getDate("startedAt").toInstant(),
        endedAt == null ? null : endedAt.toInstant(),
        document.getString(PREVIOUS));
  }

  private static Bson byId(String id) {
    return new Document("_id", id);
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static Document encode(Map<String, ?> values) {
    Document document = new Document();
    values.forEach((name, value) -> document.append(encode(name), value));
    return document;
  }

  private static <T> Map<String, T> decode(
      Document document, String field, Function<Object, T> type) {
    Map<String, T> values = new LinkedHashMap<>();
    document
        .get(field, new Document())
        .forEach((name, value) -> values.put(decode(name), type.apply(value)));
    return values;
  }

  // A dot or dollar in a name ("l2.valid") would be a path to an update: stored as their wide
  // forms.

  static String encode(String name) {
    return name.replace('.', '\uFF0E').replace('$', '\uFF04');
  }

  private static String decode(String name) {
    return name.replace('\uFF0E', '.').replace('\uFF04', '$');
  }
}
