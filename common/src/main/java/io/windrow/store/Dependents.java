package io.windrow.store;

import com.mongodb.client.model.Projections;
import io.windrow.pool.ControlResult;
import io.windrow.store.Steering.Wish;
import io.windrow.task.Dependency;
import io.windrow.task.Dependency.Verdict;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tasks that depend on others. All of it is one sweep over what is stored, so that whoever dies in
 * between, the next sweep goes on: what waits is let run or given up, and what was given up because
 * of an end that was replayed since waits again. Ends reach dependents of dependents sweep by
 * sweep.
 *
 * <p>Most sweeps look only at what has changed: at dependents of tasks whose version is of the time
 * since the last sweep, and at dependents with such a version themselves. Versions are of what
 * their writers take for the store's time, so the time reaches back further than that should be
 * wrong, and now and then a sweep looks at everything. Where nothing depends on anything no task is
 * read.
 */
final class Dependents {
  private static final Document BLOCKED =
      new Document(TaskDocument.BLOCKED, true).append(TaskDocument.STATE, TaskState.WAITING.word());
  private static final Document GIVEN_UP =
      new Document(TaskDocument.CAUSE, new Document("$exists", true))
          .append(TaskDocument.STATE, TaskState.CANCELLED.word());
  private static final int BATCH = 500;
  private static final Duration CLOCKS = Duration.ofSeconds(5);
  private static final Duration EVERYTHING = Duration.ofSeconds(30);

  private final TaskCollection tasks;
  private final Steering steering;
  private volatile Instant sweptAt = Instant.EPOCH;
  private volatile Instant sweptAllAt = Instant.EPOCH;

  Dependents(TaskCollection tasks, Steering steering) {
    this.tasks = tasks;
    this.steering = steering;
  }

  /** A task and what is to be done with it. */
  private record Step(String id, Wish wish) {}

  /** Sweeps once, and gives the tasks that it changed. */
  Flux<Task> settle() {
    return Flux.defer(
        () -> {
          Instant begin = tasks.now();
          boolean all = begin.isAfter(sweptAllAt.plus(EVERYTHING)) || begin.isBefore(sweptAllAt);
          return any()
              .flatMapMany(there -> all ? steps(new Document()) : recent(sweptAt.minus(CLOCKS)))
              .concatMap(step -> steering.carryOut(step.id(), step.wish()))
              .ofType(ControlResult.Changed.class)
              .map(ControlResult.Changed::task)
              .doOnComplete(
                  () -> {
                    sweptAt = begin;
                    sweptAllAt = all ? begin : sweptAllAt;
                  });
        });
  }

  /** Something if any task depends on another; else empty. */
  private Mono<Document> any() {
    return Flux.just(BLOCKED, GIVEN_UP)
        .concatMap(
            filter -> tasks.find(filter).projection(Projections.include(TaskDocument.ID)).limit(1),
            1)
        .next();
  }

  private Flux<Step> recent(Instant since) {
    Document changed =
        new Document(
            TaskDocument.VERSION,
            new Document("$gt", ChronoUnit.MICROS.between(Instant.EPOCH, since)));
    return scan(changed, TaskDocument.ID)
        .map(some -> some.stream().map(Dependents::id).toList())
        .concatMap(
            ids -> {
              Document among = new Document("$in", ids);
              return Flux.concat(
                  steps(new Document(TaskDocument.ID, among)),
                  waiting(new Document(TaskDocument.DEPENDS_ON + ".task", among)),
                  givenUp(new Document(TaskDocument.CAUSE + ".task", among)));
            });
  }

  /** Of all tasks, or of those that a filter leaves. */
  private Flux<Step> steps(Document more) {
    return Flux.concat(waiting(more), givenUp(more));
  }

  private static Document and(Document filter, Document more) {
    Document both = new Document(filter);
    both.putAll(more);
    return both;
  }

  private Flux<Step> waiting(Document more) {
    return scan(and(BLOCKED, more), TaskDocument.DEPENDS_ON)
        .concatMap(
            dependents ->
                others(dependents.stream().flatMap(d -> dependsOn(d).map(Dependency::task)))
                    .flatMapIterable(
                        others ->
                            dependents.stream().flatMap(d -> judge(d, others).stream()).toList()));
  }

  private Flux<Step> givenUp(Document more) {
    return scan(and(GIVEN_UP, more), TaskDocument.CAUSE)
        .concatMap(
            dependents ->
                others(dependents.stream().map(d -> cause(d).getString("task")))
                    .flatMapIterable(
                        others ->
                            dependents.stream()
                                .filter(d -> hasMovedOn(cause(d), others))
                                .map(d -> new Step(id(d), Wishes.reopen(cause(d))))
                                .toList()));
  }

  private static boolean hasMovedOn(Document cause, Map<String, Document> others) {
    Document other = others.get(cause.getString("task"));
    return other != null
        && !other.getLong(TaskDocument.VERSION).equals(cause.getLong(TaskDocument.VERSION));
  }

  /** One unmet dependency is enough to give up, all must be met to run. */
  private static List<Step> judge(Document dependent, Map<String, Document> others) {
    boolean met = true;
    for (Dependency dependency : dependsOn(dependent).toList()) {
      Document other = others.get(dependency.task());
      Verdict verdict =
          other == null
              ? new Verdict.Unmet("depends on task " + dependency.task() + ", which was removed")
              : dependency.judge(TaskDocument.state(other), TaskDocument.metrics(other));
      if (verdict instanceof Verdict.Unmet unmet) {
        return List.of(
            new Step(id(dependent), Wishes.giveUp(unmet.reason(), cause(dependency, other))));
      }
      met &= verdict instanceof Verdict.Met;
    }
    return met ? List.of(new Step(id(dependent), Wishes.unblock())) : List.of();
  }

  private static Document cause(Dependency dependency, @Nullable Document other) {
    return new Document("task", dependency.task())
        .append(TaskDocument.VERSION, other == null ? 0L : other.getLong(TaskDocument.VERSION));
  }

  private Flux<List<Document>> scan(Document filter, String field) {
    return Flux.from(tasks.find(filter).projection(Projections.include(field))).buffer(BATCH);
  }

  private Mono<Map<String, Document>> others(Stream<String> ids) {
    Document filter = new Document(TaskDocument.ID, new Document("$in", ids.distinct().toList()));
    return Flux.from(
            tasks
                .find(filter)
                .projection(
                    Projections.include(
                        TaskDocument.STATE, TaskDocument.VERSION, TaskDocument.RESULT)))
        .collectMap(Dependents::id);
  }

  private static Stream<Dependency> dependsOn(Document d) {
    return DependencyDocument.read(d).stream();
  }

  private static Document cause(Document d) {
    return d.get(TaskDocument.CAUSE, Document.class);
  }

  private static String id(Document d) {
    return d.getString(TaskDocument.ID);
  }
}
