package io.windrow.store;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.pool.BulkResult;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.Replacement;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskOrder;
import io.windrow.pool.TaskPage;
import io.windrow.pool.TaskSelection;
import io.windrow.pool.TaskWindow;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The manager on MongoDB: one class each for questions, outside workers, changes, replacements. */
final class MongoTaskManager implements TaskManager {
  private final TaskSearch search;
  private final OutsideWorker worker;
  private final Administration administration;
  private final DefinitionReplacement replacement;

  MongoTaskManager(MongoDatabase database, TaskCollection tasks, MongoTaskPool pool) {
    this.search = new TaskSearch(tasks);
    this.worker = new OutsideWorker(tasks, pool);
    this.administration =
        new Administration(database, tasks, new BulkChange(tasks, pool::forgetCandidates));
    this.replacement = new DefinitionReplacement(tasks, pool);
  }

  @Override
  public Mono<TaskPage> query(TaskSelection selection, TaskOrder order, String after, int limit) {
    return Mono.defer(() -> search.page(selection, order, after, limit, null));
  }

  @Override
  public Mono<TaskPage> queryBriefly(
      TaskSelection selection, TaskOrder order, String after, int limit) {
    return Mono.defer(() -> search.page(selection, order, after, limit, TaskSearch.BRIEF));
  }

  @Override
  public Mono<TaskWindow.Page> windows(String pool, String after, int limit) {
    return Mono.defer(() -> search.windows(pool, after, limit));
  }

  @Override
  public Flux<Task> byIds(Collection<String> ids) {
    return search.byIds(ids);
  }

  @Override
  public Flux<String> existing(Collection<String> ids) {
    return search.existing(ids);
  }

  @Override
  public Mono<Map<TaskState, Long>> stat(TaskSelection selection) {
    return search.stat(selection);
  }

  @Override
  public Flux<String> pools() {
    return search.pools();
  }

  @Override
  public Mono<Boolean> hasPool(String pool) {
    return search.hasPool(pool);
  }

  @Override
  public Flux<String> idsLike(String id) {
    return search.idsLike(id);
  }

  @Override
  public Mono<ClaimResult> fetch(TaskSelection selection, TaskState from, String name) {
    return worker.fetch(selection, from, name);
  }

  @Override
  public Mono<Boolean> heartbeat(String id, long version, String token) {
    return worker.heartbeat(id, version, token);
  }

  @Override
  public Mono<CommitResult> commit(String id, long version, String token, Outcome outcome) {
    return worker.commit(id, version, token, outcome);
  }

  @Override
  public Mono<BulkResult> remove(TaskSelection selection, boolean force) {
    return administration.remove(selection, force);
  }

  @Override
  public Mono<BulkResult> resetWaiting(TaskSelection selection, boolean force, Duration lease) {
    return administration.resetWaiting(selection, force, lease);
  }

  @Override
  public Mono<BulkResult> resetStatus(TaskSelection selection, TaskState to, String reason) {
    return administration.resetStatus(selection, to, reason);
  }

  @Override
  public Mono<BulkResult> prioritize(TaskSelection selection, int priority) {
    return administration.prioritize(selection, priority);
  }

  @Override
  public Mono<Replacement> replace(String id, Map<String, ?> definition) {
    return replacement.replace(id, definition);
  }
}
