package io.windrow.store;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.windrow.pool.PoolLimits;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** The collection {@code pools}: {@code {_id: pool, paused, maxRunning}}. */
final class MongoPoolLimits implements PoolLimits {
  /** How stale a claim's view of a limit may be: saves one read per claim. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final MongoCollection<Document> pools;
  private final TaskCollection tasks;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  MongoPoolLimits(MongoCollection<Document> pools, TaskCollection tasks) {
    this.pools = pools;
    this.tasks = tasks;
  }

  private record Known(Limit limit, Instant at) {}

  @Override
  public Mono<Limit> find(String pool) {
    return Mono.from(pools.find(new Document("_id", pool)).first())
        .map(
            d ->
                new Limit(
                    pool,
                    d.getBoolean("paused", false),
                    d.getInteger("maxRunning", Integer.MAX_VALUE)))
        .defaultIfEmpty(Limit.none(pool))
        .doOnNext(limit -> known.put(pool, new Known(limit, tasks.now())));
  }

  @Override
  public Mono<Void> set(Limit limit) {
    Document document =
        new Document("_id", limit.pool())
            .append("paused", limit.paused())
            .append("maxRunning", limit.maxRunning());
    return Mono.from(
            pools.replaceOne(
                new Document("_id", limit.pool()), document, new ReplaceOptions().upsert(true)))
        .doOnNext(done -> known.put(limit.pool(), new Known(limit, tasks.now())))
        .then();
  }

  /**
   * Why no task of a pool may start now; empty if one may. Two claims at the same moment may exceed
   * the limit by one: it saves machines, it guards no data.
   */
  Mono<String> obstacle(String pool) {
    return recent(pool)
        .flatMap(
            limit -> {
              if (limit.paused()) {
                return Mono.just("pool '" + pool + "' is paused");
              }
              if (limit.maxRunning() == Integer.MAX_VALUE) {
                return Mono.empty();
              }
              Document running =
                  new Document(TaskDocument.POOL, pool)
                      .append(TaskDocument.STATE, TaskState.RUNNING.word());
              return Mono.from(tasks.mongo().countDocuments(running))
                  .filter(count -> count >= limit.maxRunning())
                  .map(count -> "pool '" + pool + "' runs its limit of " + limit.maxRunning());
            });
  }

  private Mono<Limit> recent(String pool) {
    Known last = known.get(pool);
    return last != null && last.at().plus(FRESH).isAfter(tasks.now())
        ? Mono.just(last.limit())
        : find(pool);
  }
}
