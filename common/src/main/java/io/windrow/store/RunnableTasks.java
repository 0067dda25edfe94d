package io.windrow.store;

import com.mongodb.client.model.Sorts;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What to announce next: highest priority first; of equal priority the pool with the fewest tasks
 * under way, so that pools take turns; within a pool in order of generation.
 */
final class RunnableTasks {
  private static final Bson BEST_FIRST =
      Sorts.orderBy(
          Sorts.descending(TaskDocument.PRIORITY),
          Sorts.ascending(TaskDocument.SEQ, TaskDocument.ID));

  private final TaskCollection tasks;
  private final MongoPoolLimits limits;

  RunnableTasks(TaskCollection tasks, MongoPoolLimits limits) {
    this.tasks = tasks;
    this.limits = limits;
  }

  /** The head of one pool's line. */
  private record Line(String pool, int underWay, Queue<Task> waiting) {}

  Flux<Task> runnable(String queue, int limit) {
    Document filter = waitingOf(queue);
    return Flux.from(tasks.mongo().distinct(TaskDocument.POOL, filter, String.class))
        .collectList()
        .filter(pools -> !pools.isEmpty())
        .flatMap(
            pools ->
                underWay(pools)
                    .flatMap(
                        underWay ->
                            Flux.fromIterable(pools)
                                .concatMap(limits::find)
                                .concatMap(
                                    pool ->
                                        line(
                                            pool,
                                            underWay.getOrDefault(pool.pool(), 0),
                                            filter,
                                            limit))
                                .collectList()))
        .flatMapIterable(lines -> merge(lines, limit));
  }

  private Document waitingOf(String queue) {
    return new Document(TaskDocument.QUEUE, queue)
        .append(TaskDocument.STATE, TaskState.WAITING.word())
        .append(TaskDocument.NOT_BEFORE, new Document("$lte", Date.from(tasks.now())));
  }

  /** Queued and running tasks per pool, over all queues. */
  private Mono<Map<String, Integer>> underWay(List<String> pools) {
    List<String> states = List.of(TaskState.QUEUED.word(), TaskState.RUNNING.word());
    return Flux.from(
            tasks
                .mongo()
                .aggregate(
                    List.of(
                        new Document(
                            "$match",
                            new Document(TaskDocument.STATE, new Document("$in", states))
                                .append(TaskDocument.POOL, new Document("$in", pools))),
                        new Document(
                            "$group",
                            new Document("_id", "$" + TaskDocument.POOL)
                                .append("n", new Document("$sum", 1))))))
        .collectMap(d -> d.getString("_id"), d -> d.get("n", Number.class).intValue());
  }

  private Mono<Line> line(Limit pool, int underWay, Document filter, int limit) {
    int most = pool.paused() ? 0 : Math.min(limit, pool.maxRunning() - underWay);
    if (most <= 0) {
      return Mono.empty();
    }
    Document ofPool = new Document(filter).append(TaskDocument.POOL, pool.pool());
    return tasks
        .read(tasks.find(ofPool).sort(BEST_FIRST).limit(most))
        .collectList()
        .filter(waiting -> !waiting.isEmpty())
        .map(waiting -> new Line(pool.pool(), underWay, new ArrayDeque<>(waiting)));
  }

  private static List<Task> merge(List<Line> lines, int limit) {
    Map<String, Integer> underWay = new HashMap<>();
    lines.forEach(line -> underWay.put(line.pool(), line.underWay()));
    Comparator<Line> best =
        Comparator.<Line>comparingInt(line -> -line.waiting().element().priority())
            .thenComparingInt(line -> underWay.getOrDefault(line.pool(), 0))
            .thenComparing(Line::pool);
    List<Line> open = new ArrayList<>(lines);
    List<Task> merged = new ArrayList<>();
    while (merged.size() < limit && !open.isEmpty()) {
      Line next = open.stream().min(best).orElseThrow();
      merged.add(next.waiting().remove());
      underWay.merge(next.pool(), 1, Integer::sum);
      if (next.waiting().isEmpty()) {
        open.remove(next);
      }
    }
    return merged;
  }
}
