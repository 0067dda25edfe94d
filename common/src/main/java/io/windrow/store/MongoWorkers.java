package io.windrow.store;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.fleet.KnownWorker;
import io.windrow.fleet.Presence;
import io.windrow.fleet.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The collection {@code workers}: one document each, {@code {_id, host, pid, version, queues,
 * executors, slots, busy, tasks, started, stopping, idle, beat, drain, left}}. A worker writes all
 * but {@code drain}, which is others'; the answer to its beat brings it, so a beat is one request.
 */
final class MongoWorkers implements Workers {
  private static final String DRAIN = "drain";
  private static final String LEFT = "left";
  private static final String BEAT = "beat";
  private static final FindOneAndUpdateOptions BEATING =
      new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER);
  private static final FindOneAndUpdateOptions ASKING =
      new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

  private final MongoDatabase database;
  private final MongoCollection<Document> workers;

  MongoWorkers(MongoDatabase database) {
    this.database = database;
    this.workers = database.getCollection("workers");
  }

  @Override
  public Mono<Boolean> join(Presence presence) {
    return write(presence.id(), document(presence).append(DRAIN, false));
  }

  @Override
  public Mono<Boolean> beat(Presence presence) {
    return write(presence.id(), document(presence));
  }

  private Mono<Boolean> write(String id, Document set) {
    Document update = new Document("$set", set).append("$currentDate", new Document(BEAT, true));
    return Mono.from(workers.findOneAndUpdate(new Document("_id", id), update, BEATING))
        .map(d -> d.getBoolean(DRAIN, false));
  }

  @Override
  public Mono<Void> leave(String id) {
    Document update =
        new Document("$set", new Document(LEFT, true).append("busy", 0).append("tasks", List.of()))
            .append("$currentDate", new Document(BEAT, true));
    return Mono.from(workers.updateOne(new Document("_id", id), update)).then();
  }

  @Override
  public Flux<KnownWorker> list() {
    return Flux.from(workers.find().sort(new Document("_id", 1))).map(MongoWorkers::read);
  }

  @Override
  public Mono<KnownWorker> find(String id) {
    return Mono.from(workers.find(new Document("_id", id)).first()).map(MongoWorkers::read);
  }

  @Override
  public Mono<KnownWorker> drain(String id, boolean drain) {
    return Mono.from(
            workers.findOneAndUpdate(
                new Document("_id", id), new Document("$set", new Document(DRAIN, drain)), ASKING))
        .map(MongoWorkers::read);
  }

  @Override
  public Mono<Long> forget(Duration silence) {
    return LeaseReaper.serverTime(database)
        .flatMap(
            now ->
                Mono.from(
                    workers.deleteMany(
                        new Document(BEAT, new Document("$lt", Date.from(now.minus(silence)))))))
        .map(result -> result.getDeletedCount());
  }

  private static Document document(Presence presence) {
    return new Document("host", presence.host())
        .append("pid", presence.pid())
        .append("version", presence.version())
        .append("queues", presence.queues())
        .append("executors", presence.executors())
        .append("slots", presence.slots())
        .append("busy", presence.busy())
        .append("tasks", presence.tasks())
        .append("started", Date.from(presence.started()))
        .append("stopping", presence.stopping())
        .append("idle", presence.idle())
        .append(LEFT, false);
  }

  private static KnownWorker read(Document d) {
    Instant beat = d.getDate(BEAT).toInstant();
    Presence presence =
        new Presence(
            d.getString("_id"),
            d.getString("host"),
            d.get("pid", Number.class).longValue(),
            d.getString("version"),
            d.getList("queues", String.class),
            d.getList("executors", String.class),
            d.getInteger("slots"),
            d.getInteger("busy"),
            d.getList("tasks", String.class),
            d.getDate("started").toInstant(),
            d.getBoolean("stopping", false),
            d.getBoolean("idle", false));
    return new KnownWorker(presence, beat, d.getBoolean(DRAIN, false), d.getBoolean(LEFT, false));
  }
}
