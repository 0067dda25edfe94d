package io.windrow.cli.bench;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The writes that a task cannot do without, in batches and with nothing around them: insert,
 * enqueue, claim, commit, mark as published, collect. To an empty store with the pool's indexes;
 * each update under the task's id and version, as the pool's are.
 */
final class BareStore {
  private static final int BATCH = 500;
  private static final int UPDATES = 4;

  private final Document task;

  /**
   * @param task as the pool holds it once it is done
   */
  BareStore(Document task) {
    this.task = task;
  }

  /** Tasks per second. */
  double rate(int count) {
    try (EmbeddedStore server = EmbeddedStore.inMemory();
        MongoClient client = MongoClients.create(server.uri())) {
      WindrowStore store =
          new WindrowStore(
              client, EmbeddedStore.DATABASE, StoreSettings.defaults(), Clock.systemUTC());
      store.createIndexes().block();
      MongoCollection<Document> tasks = store.database().getCollection("tasks");
      MongoCollection<Document> collected = store.database().getCollection("collected");
      // All are there before the first is claimed, as in a pool.
      double seconds =
          Timing.seconds(
              () ->
                  batches(count)
                      .concatMap(ids -> tasks.insertMany(documents(ids, this::waiting)))
                      .blockLast());
      seconds +=
          Timing.seconds(
              () -> batches(count).concatMap(ids -> run(tasks, collected, ids)).blockLast());
      return count / seconds;
    }
  }

  private Mono<?> run(
      MongoCollection<Document> tasks, MongoCollection<Document> collected, List<Integer> ids) {
    return Flux.range(1, UPDATES)
        .concatMap(
            version ->
                tasks.bulkWrite(
                    ids.stream().map(id -> update(id, version)).toList(),
                    new BulkWriteOptions().ordered(false)))
        .reduce(0, (matched, result) -> matched + result.getMatchedCount())
        .doOnNext(
            matched -> {
              if (matched != UPDATES * ids.size()) {
                throw new IllegalStateException(
                    "%d updates matched, not %d".formatted(matched, UPDATES * ids.size()));
              }
            })
        .then(Mono.from(collected.insertMany(documents(ids, this::outcome))));
  }

  private static Flux<List<Integer>> batches(int count) {
    return Flux.range(0, count).buffer(BATCH);
  }

  private static List<Document> documents(List<Integer> ids, IntFunction<Document> document) {
    return ids.stream().map(document::apply).toList();
  }

  private static String id(int number) {
    return "%064x".formatted(number);
  }

  private Document waiting(int number) {
    Document document = new Document("_id", id(number)).append("version", 1L);
    task.forEach(document::putIfAbsent);
    document.append("seq", (long) number).append("state", "waiting").append("history", List.of());
    for (String later : List.of("result", "resultPublished", "announcedAt", "announcedBy")) {
      document.remove(later);
    }
    return document;
  }

  private UpdateOneModel<Document> update(int number, int version) {
    Document set = new Document("version", version + 1L).append("updatedAt", now());
    Document update = new Document("$set", set);
    switch (version) {
      case 1 ->
          set.append("state", "queued")
              .append("announcedAt", now())
              .append("announcedBy", UUID.randomUUID().toString());
      case 2 -> {
        set.append("state", "running")
            .append("lease.worker", "worker-1")
            .append("lease.claim", UUID.randomUUID().toString())
            .append("lease.beat", 0L)
            .append("attempt", 1);
        update.append("$currentDate", new Document("lease.heartbeatAt", true));
      }
      case 3 -> {
        set.append("state", "done")
            .append("resultPublished", false)
            .append("result", task.get("result"));
        update
            .append("$unset", new Document("lease", ""))
            .append(
                "$push", new Document("history", task.getList("history", Document.class).get(0)));
      }
      default -> set.append("resultPublished", true);
    }
    return new UpdateOneModel<>(
        new Document("_id", id(number)).append("version", (long) version), update);
  }

  private static Date now() {
    return Date.from(Instant.now());
  }

  private Document outcome(int number) {
    return new Document("_id", id(number))
        .append("version", UPDATES + 1L)
        .append("state", "done")
        .append("pool", task.get("pool"))
        .append("experiment", task.get("experiment"))
        .append("submission", task.get("submission"))
        .append("recorder", id(number))
        .append("metrics", List.of())
        .append("at", now());
  }
}
