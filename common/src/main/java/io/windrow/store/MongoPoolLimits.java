package io.windrow.store;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.windrow.pool.PoolLimits;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The collection {@code pools}, or {@code queues}: {@code {_id: name, paused, maxRunning, recall}}.
 */
final class MongoPoolLimits implements PoolLimits {
  /** How stale a claim's view of a limit may be: saves one read per claim. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** What {@code recall} may be. */
  private static final List<Boolean> MEANT = List.of(true);

  private static final List<@Nullable Boolean> ABSENT_OR_FALSE = Arrays.asList(false, null);

  private final MongoCollection<Document> pools;
  private final String field;
  private final TaskCollection tasks;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /**
   * @param field the task's field that names what is limited: its pool or its queue
   */
  MongoPoolLimits(MongoCollection<Document> pools, String field, TaskCollection tasks) {
    this.pools = pools;
    this.field = field;
    this.tasks = tasks;
  }

  private record Known(Limit limit, Instant at) {}

  @Override
  public Mono<Limit> find(String pool) {
    return Mono.defer(() -> find(pool, changes.get()));
  }

  private Mono<Limit> find(String pool, long before) {
    return Mono.from(pools.find(new Document("_id", pool)).first())
        .map(MongoPoolLimits::read)
        .defaultIfEmpty(Limit.none(pool))
        .doOnNext(limit -> remember(limit, before));
  }

  /** Not what was read before a change of this process: its answer may come after the change's. */
  private void remember(Limit limit, long before) {
    Known now = new Known(limit, tasks.now());
    known.compute(limit.pool(), (pool, was) -> changes.get() == before ? now : was);
  }

  private void forget(String pool) {
    changes.incrementAndGet();
    known.remove(pool);
  }

  private static Limit read(Document d) {
    return new Limit(
        d.getString("_id"),
        d.getBoolean("paused", false),
        d.getInteger("maxRunning", Integer.MAX_VALUE),
        d.getBoolean("recall", false));
  }

  @Override
  public Flux<Limit> list() {
    return Flux.from(pools.find()).map(MongoPoolLimits::read);
  }

  @Override
  public Mono<Boolean> replace(Limit was, Limit now) {
    Document expected =
        new Document("_id", was.pool())
            .append("paused", was.paused())
            .append("maxRunning", was.maxRunning())
            .append("recall", new Document("$in", was.recall() ? MEANT : ABSENT_OR_FALSE));
    boolean unset = was.equals(Limit.none(was.pool()));
    return CompareAndSet.replace(pools, expected, write(now), unset)
        .doOnNext(done -> forget(now.pool()));
  }

  private static Document write(Limit limit) {
    return new Document("_id", limit.pool())
        .append("paused", limit.paused())
        .append("maxRunning", limit.maxRunning())
        .append("recall", limit.recall());
  }

  @Override
  public Mono<Void> set(Limit limit) {
    return Mono.from(
            pools.replaceOne(
                new Document("_id", limit.pool()), write(limit), new ReplaceOptions().upsert(true)))
        .doOnNext(done -> forget(limit.pool()))
        .then();
  }

  /** Why no task may start now; empty if one may. */
  Mono<String> obstacle(Document task) {
    return recent(task.getString(field))
        .flatMap(
            limit ->
                limit.paused()
                    ? Mono.just("%s '%s' is paused".formatted(field, limit.pool()))
                    : running(limit)
                        .filter(count -> count >= limit.maxRunning())
                        .map(count -> full(limit)));
  }

  /**
   * Why a task that was claimed just now must not run after all; empty if it may. Each of several
   * claims at the same moment counts after it has claimed, so each sees all that came before its
   * count: too few may start for a moment, never too many.
   */
  Mono<String> excess(Task claimed) {
    return recent(field.equals(TaskDocument.POOL) ? claimed.pool() : claimed.queue())
        .flatMap(
            limit ->
                running(limit).filter(count -> count > limit.maxRunning()).map(c -> full(limit)));
  }

  /** Empty if nobody has set a limit: it saves the count. */
  private Mono<Long> running(Limit limit) {
    return limit.maxRunning() == Integer.MAX_VALUE
        ? Mono.empty()
        : count(limit.pool(), List.of(TaskState.RUNNING.word()));
  }

  /** How many more tasks may be announced. */
  Mono<Integer> room(String name) {
    return find(name)
        .flatMap(
            limit -> {
              if (limit.paused() || limit.maxRunning() == Integer.MAX_VALUE) {
                return Mono.just(limit.paused() ? 0 : Integer.MAX_VALUE);
              }
              return count(name, List.of(TaskState.QUEUED.word(), TaskState.RUNNING.word()))
                  .map(underWay -> (int) Math.max(0, limit.maxRunning() - underWay));
            });
  }

  private Mono<Long> count(String name, List<String> states) {
    return Mono.from(
        tasks
            .mongo()
            .countDocuments(
                new Document(field, name).append(TaskDocument.STATE, new Document("$in", states))));
  }

  private String full(Limit limit) {
    return "%s '%s' runs its limit of %d".formatted(field, limit.pool(), limit.maxRunning());
  }

  private Mono<Limit> recent(String pool) {
    Known last = known.get(pool);
    return last != null && last.at().plus(FRESH).isAfter(tasks.now())
        ? Mono.just(last.limit())
        : find(pool);
  }
}
