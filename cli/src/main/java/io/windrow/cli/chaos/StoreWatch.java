package io.windrow.cli.chaos;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.cli.chaos.History.End;
import io.windrow.embedded.EmbeddedStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Looks at the store while the cluster runs, past all links. Every look may fail. */
final class StoreWatch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int BATCH = 500;
  private static final List<String> TERMINAL = List.of("done", "failed", "cancelled");

  private final MongoClient client;
  private final MongoDatabase database;

  /**
   * @param uri of the store
   */
  StoreWatch(String uri) {
    this.client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(
                    cluster ->
                        cluster.serverSelectionTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .build());
    this.database = client.getDatabase(EmbeddedStore.DATABASE);
  }

  MongoClient client() {
    return client;
  }

  MongoDatabase database() {
    return database;
  }

  /** The process id of the coordinator that has the leader's lease, or had it last. */
  Optional<Long> leader() {
    return Mono.from(
            database.getCollection("leaders").find(new Document("_id", "coordinator")).first())
        .map(leader -> leader.getString("holder"))
        .map(holder -> Long.parseLong(holder.substring(0, holder.indexOf('@'))))
        .blockOptional(PATIENCE);
  }

  /** Whether a task that was announced after that time was taken by a worker. */
  boolean dispatchedAfter(Instant time) {
    Document filter =
        new Document("announcedAt", new Document("$gt", Date.from(time)))
            .append("state", new Document("$in", List.of("running", "done")));
    return Mono.from(
            database
                .getCollection("tasks")
                .find(filter)
                .projection(new Document("version", 1))
                .first())
        .blockOptional(PATIENCE)
        .isPresent();
  }

  /** Whether a worker is at a task that takes at least so long. */
  boolean busy(String worker, Duration atLeast) {
    Document filter =
        new Document("state", "running")
            .append("lease.worker", worker)
            .append("definition.noop.sleep_ms", new Document("$gte", atLeast.toMillis()));
    return Mono.from(database.getCollection("tasks").find(filter).first())
        .blockOptional(PATIENCE)
        .isPresent();
  }

  /** The outcomes of the tasks that have ended, by task. */
  Map<String, End> ends() {
    Map<String, End> ends = new HashMap<>();
    Flux.from(
            database
                .getCollection("tasks")
                .find(new Document("state", new Document("$in", TERMINAL)))
                .projection(
                    new Document("state", 1).append("version", 1).append("result.recorder", 1))
                .batchSize(BATCH))
        .doOnNext(task -> ends.put(task.getString("_id"), end(task)))
        .blockLast(PATIENCE);
    return ends;
  }

  private static End end(Document task) {
    Document result = task.get("result", Document.class);
    return new End(
        task.getString("state"),
        task.getLong("version"),
        result == null ? null : result.getString("recorder"));
  }

  /** How many tasks have ended and are not known to be published. */
  long unpublished() {
    return count("tasks", new Document("resultPublished", false));
  }

  /** How many recorders of tasks have not ended. */
  long open() {
    return count(
        "recorders", new Document("status", "running").append("taskId", new Document("$gt", "")));
  }

  /** How many outcomes the collector has. */
  long collected() {
    return count("collected", new Document());
  }

  private long count(String collection, Document filter) {
    Long count =
        Mono.from(database.getCollection(collection).countDocuments(filter)).block(PATIENCE);
    return count == null ? 0 : count;
  }

  @Override
  public void close() {
    client.close();
  }
}
