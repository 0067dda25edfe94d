package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskSelection;
import io.windrow.task.Outcome;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a worker does that gets its tasks from the API and not from a queue: the same claim and the
 * same lease, proved by version and token at each call.
 */
final class OutsideWorker {
  /** Candidates read at once: others may take some of them meanwhile. */
  private static final int CANDIDATES = 8;

  private static final int TRIES = 4;

  /** A client that waits longer for a claim would not be there to hear of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TaskCollection tasks;
  private final TaskPool pool;

  OutsideWorker(TaskCollection tasks, TaskPool pool) {
    this.tasks = tasks;
    this.pool = pool;
  }

  Mono<ClaimResult> fetch(TaskSelection selection, TaskState from, String worker) {
    List<String> states =
        switch (from) {
          case WAITING -> List.of(TaskState.WAITING.word(), TaskState.QUEUED.word());
          case PART_DONE -> List.of(TaskState.PART_DONE.word());
          default ->
              throw new IllegalArgumentException(
                  "a task is fetched from waiting or part_done, not from " + from.word());
        };
    return Mono.defer(() -> attempt(selection, states, worker))
        .repeat(TRIES - 1)
        .takeUntil(result -> !(result instanceof ClaimResult.Stale))
        .filter(result -> !(result instanceof ClaimResult.Stale))
        .next()
        .timeout(PATIENCE);
  }

  /** Stale if all candidates went to others; empty, and then asked no more, if there is none. */
  private Mono<ClaimResult> attempt(TaskSelection selection, List<String> states, String worker) {
    Document runnable =
        FilterDocument.of(selection)
            .and(TaskDocument.STATE, new Document("$in", states))
            .and(TaskDocument.NOT_BEFORE, new Document("$lte", Date.from(tasks.now())))
            .document();
    return Flux.from(
            tasks
                .find(runnable)
                .sort(
                    Sorts.orderBy(
                        Sorts.descending(TaskDocument.PRIORITY),
                        Sorts.ascending(TaskDocument.SEQ, TaskDocument.ID)))
                .limit(CANDIDATES)
                .projection(Projections.include(TaskDocument.VERSION)))
        .collectList()
        .flatMap(
            found ->
                Flux.fromIterable(found)
                    .concatMap(
                        d ->
                            pool.claim(
                                d.getString(TaskDocument.ID),
                                d.getLong(TaskDocument.VERSION),
                                worker),
                        1)
                    .takeUntil(ClaimResult.Claimed.class::isInstance)
                    .reduce(OutsideWorker::better));
  }

  private static ClaimResult better(ClaimResult left, ClaimResult right) {
    return right instanceof ClaimResult.Stale ? left : right;
  }

  Mono<Boolean> heartbeat(String id, long version, String token) {
    return claim(id, version, token).flatMap(pool::heartbeat).defaultIfEmpty(false);
  }

  /** Not the claim's version any more: the history tells whether this claim had committed. */
  Mono<CommitResult> commit(String id, long version, String token, Outcome outcome) {
    return claim(id, version, token)
        .flatMap(claim -> pool.commit(claim, outcome))
        .switchIfEmpty(
            Mono.defer(
                () ->
                    tasks
                        .byId(id)
                        .mapNotNull(d -> TaskDocument.entry(d, token))
                        .map(
                            entry ->
                                new CommitResult.Committed(
                                    TaskDocument.state(entry),
                                    entry.getLong(TaskDocument.VERSION)))))
        .defaultIfEmpty(new CommitResult.Fenced());
  }

  private Mono<Claim> claim(String id, long version, String token) {
    return tasks
        .byId(id)
        .filter(d -> d.getLong(TaskDocument.VERSION) == version)
        .map(TaskDocument::read)
        .filter(task -> task.lease() != null && token.equals(task.lease().claim()))
        .map(task -> new Claim(task, token));
  }
}
