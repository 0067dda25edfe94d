package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What to announce next. Candidates are read ahead and served for a while, because the embedded
 * server scans and sorts the whole collection for them, and nobody else is served meanwhile.
 */
final class RunnableTasks {
  /** Candidates read per pool. */
  private static final int AHEAD = 1_000;

  private static final Bson BEST_FIRST =
      Sorts.orderBy(
          Sorts.descending(TaskDocument.PRIORITY),
          Sorts.ascending(TaskDocument.SEQ, TaskDocument.ID));

  private final TaskCollection tasks;
  private final MongoPoolLimits pools;
  private final MongoPoolLimits queues;
  private final Map<String, Candidates> ahead = new ConcurrentHashMap<>();
  private final AtomicLong forgotten = new AtomicLong();

  RunnableTasks(TaskCollection tasks, MongoPoolLimits pools, MongoPoolLimits queues) {
    this.tasks = tasks;
    this.pools = pools;
    this.queues = queues;
  }

  Flux<Task> runnable(String queue, int limit) {
    return queues
        .room(queue)
        .map(room -> Math.min(room, limit))
        .filter(room -> room > 0)
        .flatMap(room -> best(queue, room))
        .flatMapIterable(best -> best);
  }

  private Mono<List<Task>> best(String queue, int limit) {
    return candidates(queue, limit)
        .flatMap(
            candidates ->
                Flux.fromIterable(candidates.pools())
                    .concatMap(pools::find)
                    .collectMap(Limit::pool)
                    .map(allowed -> candidates.best(limit, allowed)));
  }

  /** Tasks may have become runnable: what was read ahead no longer counts. */
  void forget() {
    forgotten.incrementAndGet();
    ahead.clear();
  }

  /** These are no longer waiting. */
  void enqueued(List<Task> queued) {
    ahead.values().forEach(candidates -> candidates.remove(queued));
  }

  private Mono<Candidates> candidates(String queue, int limit) {
    Candidates read = ahead.get(queue);
    return read != null && read.serves(limit, tasks.now()) ? Mono.just(read) : read(queue, limit);
  }

  private Mono<Candidates> read(String queue, int limit) {
    long generation = forgotten.get();
    Instant begin = tasks.now();
    Document waiting = waitingOf(queue, begin);
    int most = Math.max(limit, AHEAD);
    return pools(queue)
        .collectList()
        .flatMap(
            pools ->
                Flux.fromIterable(pools)
                    .concatMap(pool -> waiting(waiting, pool, most))
                    .collectList()
                    .zipWith(underWay(pools)))
        .map(read -> new Candidates(read.getT1(), read.getT2(), most, begin, tasks.now()))
        .doOnNext(
            candidates -> {
              if (forgotten.get() == generation) {
                ahead.put(queue, candidates);
              }
            });
  }

  private static Document waitingOf(String queue, Instant now) {
    return new Document(TaskDocument.QUEUE, queue)
        .append(TaskDocument.STATE, TaskState.WAITING.word())
        .append(TaskDocument.NOT_BEFORE, new Document("$lte", Date.from(now)))
        .append(TaskDocument.BLOCKED, new Document("$ne", true))
        .append(TaskDocument.PAUSED, new Document("$ne", true));
  }

  private Mono<List<Task>> waiting(Document waiting, String pool, int most) {
    Document ofPool = new Document(waiting).append(TaskDocument.POOL, pool);
    return tasks.read(tasks.find(ofPool).sort(BEST_FIRST).limit(most)).collectList();
  }

  /**
   * Pools with waiting tasks. From one to the next along the index that the tasks are read by, so
   * that it takes as long as there are pools, however many tasks they have.
   */
  private Flux<String> pools(String queue) {
    return pool(queue, "").expand(last -> pool(queue, last));
  }

  private Mono<String> pool(String queue, String after) {
    Document next =
        new Document(TaskDocument.QUEUE, queue)
            .append(TaskDocument.STATE, TaskState.WAITING.word())
            .append(TaskDocument.POOL, new Document("$gt", after));
    return Mono.from(
            tasks
                .find(next)
                .sort(Sorts.ascending(TaskDocument.POOL))
                .projection(Projections.include(TaskDocument.POOL))
                .limit(1))
        .map(d -> d.getString(TaskDocument.POOL));
  }

  /** Queued and running tasks per pool, over all queues. */
  private Mono<Map<String, Integer>> underWay(List<String> pools) {
    Document states =
        new Document("$in", List.of(TaskState.QUEUED.word(), TaskState.RUNNING.word()));
    return Flux.fromIterable(pools)
        .concatMap(
            pool ->
                Mono.from(
                        tasks
                            .mongo()
                            .countDocuments(
                                new Document(TaskDocument.POOL, pool)
                                    .append(TaskDocument.STATE, states)))
                    .map(count -> Map.entry(pool, count.intValue())))
        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
  }
}
