package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.pool.ControlResult;
import io.windrow.pool.EndedTask;
import io.windrow.pool.OutboxSize;
import io.windrow.pool.ScoredWindow;
import io.windrow.pool.TaskCount;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskQuery;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The pool on MongoDB: questions are answered here, transitions by one class each. */
final class MongoTaskPool implements TaskPool {
  private final TaskCollection tasks;
  private final MongoCollection<Document> submissions;
  private final Census census;
  private final Queues queues;
  private final TaskInsertion insertion;
  private final RunnableTasks runnable;
  private final Announcements announcements;
  private final LeaseReaper reaper;
  private final Steering steering;
  private final Dependents dependents;
  private final Stages stages;
  private final Claims claims;
  private final Heartbeats heartbeats;
  private final Outbox outbox;

  MongoTaskPool(
      MongoDatabase database,
      TaskCollection tasks,
      MongoPoolLimits limits,
      MongoPoolLimits queueLimits,
      StoreSettings settings,
      DoubleSupplier chance) {
    this.tasks = tasks;
    this.submissions = database.getCollection(MongoSubmissionStore.COLLECTION);
    this.census = new Census(tasks);
    this.queues = new Queues(tasks);
    this.steering = new Steering(tasks);
    this.dependents = new Dependents(tasks, steering);
    this.stages = new Stages(tasks);
    this.insertion = new TaskInsertion(tasks, steering);
    Failures failures = new Failures(settings.backOff(), chance);
    this.runnable = new RunnableTasks(tasks, limits, queueLimits);
    this.announcements = new Announcements(tasks);
    this.reaper = new LeaseReaper(database, tasks, failures);
    this.claims = new Claims(tasks, List.of(limits, queueLimits), settings, failures);
    this.heartbeats = new Heartbeats(tasks);
    this.outbox = new Outbox(tasks);
  }

  @Override
  public Mono<Integer> insert(List<NewTask> newTasks) {
    return insertion.insert(newTasks).doOnTerminate(runnable::forget);
  }

  /** A task that somebody has put in the place of another: no submission expects it. */
  Mono<Integer> insertReplacement(NewTask replacement) {
    return insertion.insertReplacement(replacement).doOnTerminate(runnable::forget);
  }

  @Override
  public Mono<Task> find(String id) {
    return tasks.byId(id).map(TaskDocument::read);
  }

  @Override
  public Flux<Task> find(Collection<String> ids) {
    return tasks.byIds(ids).map(TaskDocument::read);
  }

  @Override
  public Flux<EndedTask> ended(Collection<String> ids) {
    return census.ended(ids);
  }

  @Override
  public Flux<Task> find(TaskQuery query) {
    return query.submission() == null ? findAll(query) : findOfSubmission(query);
  }

  private Flux<Task> findAll(TaskQuery query) {
    return find(new Document(), query);
  }

  private Flux<Task> find(Document filter, TaskQuery query) {
    if (query.pool() != null) {
      filter.append(TaskDocument.POOL, query.pool());
    }
    if (!query.states().isEmpty()) {
      List<String> words = query.states().stream().map(TaskState::word).sorted().toList();
      filter.append(TaskDocument.STATE, new Document("$in", words));
    }
    return tasks.read(
        tasks
            .find(filter)
            .sort(Sorts.ascending(TaskDocument.SEQ, TaskDocument.ID))
            .limit(query.limit()));
  }

  /** Who wants few of many does not read all, if an index tells which are the first. */
  private Flux<Task> findOfSubmission(TaskQuery query) {
    String submission = Objects.requireNonNull(query.submission());
    return generated(submission)
        .filter(counts -> Census.total(counts) > query.limit())
        .map(
            counts ->
                find(
                    new Document(TaskDocument.SUBMISSION, submission)
                        .append(TaskDocument.GENERATED, true),
                    query))
        .defaultIfEmpty(Flux.defer(() -> findById(submission, query)))
        .flatMapMany(found -> found);
  }

  /** By id alone, which both servers answer from an index. */
  private Flux<Task> findById(String submission, TaskQuery query) {
    return Mono.from(submissions.find(new Document("_id", submission)).first())
        .map(found -> found.getList("taskIds", String.class))
        .flatMap(ids -> ids.size() <= query.limit() ? Mono.just(ids) : first(ids, query))
        .flatMapMany(tasks::byIds)
        .filter(task -> wanted(task, query))
        .map(TaskDocument::read)
        .sort(Comparator.comparingLong(Task::seq).thenComparing(Task::id))
        .take(query.limit());
  }

  private Mono<List<String>> first(List<String> ids, TaskQuery query) {
    Comparator<Document> bySeq = Comparator.comparingLong(d -> d.getLong(TaskDocument.SEQ));
    return tasks
        .byIds(ids, TaskDocument.POOL, TaskDocument.STATE, TaskDocument.SEQ)
        .filter(task -> wanted(task, query))
        .sort(bySeq.thenComparing(d -> d.getString(TaskDocument.ID)))
        .take(query.limit())
        .map(d -> d.getString(TaskDocument.ID))
        .collectList();
  }

  private static boolean wanted(Document task, TaskQuery query) {
    return (query.pool() == null || query.pool().equals(task.getString(TaskDocument.POOL)))
        && (query.states().isEmpty() || query.states().contains(TaskDocument.state(task)));
  }

  @Override
  public Mono<Map<TaskState, Long>> stat(String pool) {
    return count(new Document(TaskDocument.POOL, pool))
        .map(pools -> pools.getOrDefault(pool, new EnumMap<>(TaskState.class)));
  }

  @Override
  public Mono<Map<String, Map<TaskState, Long>>> stat() {
    return count(new Document());
  }

  @Override
  public Mono<Map<TaskState, Long>> statOfSubmission(String submission) {
    return generated(submission)
        .switchIfEmpty(
            Mono.defer(
                () ->
                    Mono.from(submissions.find(new Document("_id", submission)).first())
                        .flatMap(found -> census.states(found.getList("taskIds", String.class)))));
  }

  /**
   * Tasks per state of a submission that was the first to ask for each task that it expects; empty
   * of another one.
   */
  private Mono<Map<TaskState, Long>> generated(String submission) {
    return Mono.from(
            submissions
                .find(new Document("_id", submission))
                .projection(Projections.include(MongoSubmissionStore.TASKS))
                .first())
        .flatMap(
            found -> {
              long expected = found.get(MongoSubmissionStore.TASKS, -1);
              return census
                  .generated(submission)
                  .filter(counts -> Census.total(counts) == expected);
            });
  }

  @Override
  public Flux<TaskCount> census() {
    return census.count();
  }

  private Mono<Map<String, Map<TaskState, Long>>> count(Document match) {
    Document key =
        new Document(TaskDocument.POOL, "$" + TaskDocument.POOL)
            .append(TaskDocument.STATE, "$" + TaskDocument.STATE);
    return Flux.from(
            tasks
                .mongo()
                .aggregate(
                    List.of(
                        new Document("$match", match),
                        new Document(
                            "$group",
                            new Document("_id", key).append("n", new Document("$sum", 1L))))))
        .collect(
            TreeMap::new,
            (pools, row) -> {
              Document id = row.get("_id", Document.class);
              pools
                  .computeIfAbsent(
                      id.getString(TaskDocument.POOL), pool -> new EnumMap<>(TaskState.class))
                  .put(TaskDocument.state(id), row.get("n", Number.class).longValue());
            });
  }

  @Override
  public Flux<String> activeQueues() {
    return queues.active();
  }

  @Override
  public Flux<Task> runnable(String queue, int limit) {
    return runnable.runnable(queue, limit);
  }

  @Override
  public Mono<Long> queued(String queue) {
    return announcements.queued(queue);
  }

  @Override
  public Mono<List<Task>> enqueue(List<Task> waiting) {
    // Those that had moved on before are not waiting either.
    return announcements.enqueue(waiting).doOnNext(moved -> runnable.enqueued(waiting));
  }

  @Override
  public Flux<Task> queuedLongerThan(String queue, Duration age, int limit) {
    return announcements.queuedLongerThan(queue, age, limit);
  }

  @Override
  public Mono<Void> announced(List<Task> queued) {
    return announcements.announced(queued);
  }

  @Override
  public Flux<Task> reapExpired(Duration lease) {
    return reaper.reapExpired(lease).doOnNext(reaped -> runnable.forget());
  }

  @Override
  public Mono<Boolean> cancel(String id, String reason) {
    return steering
        .carryOut(id, Wishes.cancel(reason, state -> true))
        .map(ControlResult.Changed.class::isInstance);
  }

  @Override
  public Mono<ControlResult> replay(String id, boolean fromFirst) {
    return steer(id, Wishes.replay(fromFirst));
  }

  @Override
  public Mono<ControlResult> pause(String id, String reason) {
    return steer(id, Wishes.pause(reason));
  }

  @Override
  public Mono<ControlResult> resume(String id) {
    return steer(id, Wishes.resume());
  }

  @Override
  public Mono<ControlResult> recall(String id, String reason) {
    return steer(id, Wishes.recall(reason));
  }

  @Override
  public Flux<Task> settleDependents() {
    return dependents.settle().doOnNext(changed -> runnable.forget());
  }

  @Override
  public Mono<Integer> advanceStages() {
    return stages.advance().doOnNext(this::mayRun);
  }

  private void mayRun(int advanced) {
    if (advanced > 0) {
      runnable.forget();
    }
  }

  private Mono<ControlResult> steer(String id, Steering.Wish wish) {
    return steering.carryOut(id, wish).doOnNext(done -> runnable.forget());
  }

  @Override
  public Mono<ClaimResult> claim(String id, long version, String worker) {
    return claims.claim(id, version, worker).doOnNext(this::mayRunAgain);
  }

  @Override
  public Mono<Set<String>> heartbeat(Collection<Claim> held) {
    return heartbeats.send(held);
  }

  @Override
  public Mono<CommitResult> commit(Claim claim, Outcome outcome) {
    return claims.commit(claim, outcome).doOnNext(this::mayRunAgain);
  }

  private void mayRunAgain(ClaimResult result) {
    if (result instanceof ClaimResult.Deferred) {
      runnable.forget();
    }
  }

  private void mayRunAgain(CommitResult result) {
    if (result instanceof CommitResult.Committed committed
        && committed.state() == TaskState.WAITING) {
      runnable.forget();
    }
  }

  /** Tasks were changed past this class: what was read ahead no longer counts. */
  void forgetCandidates() {
    runnable.forget();
  }

  @Override
  public Flux<Task> unpublished(Duration olderThan, int limit) {
    return outbox.unpublished(olderThan, limit);
  }

  @Override
  public Flux<ScoredWindow> scored(String pool, Instant since) {
    Document filter =
        new Document(TaskDocument.POOL, pool)
            .append(TaskDocument.UPDATED_AT, new Document("$gte", Date.from(since)))
            .append(TaskDocument.STATE, TaskState.DONE.word());
    return Flux.from(
            tasks.find(filter).projection(Projections.include(WindowDocument.SCORE_FIELDS)))
        .map(WindowDocument::scored);
  }

  @Override
  public Mono<OutboxSize> outbox() {
    return outbox.size();
  }

  @Override
  public Mono<Void> markPublished(List<Task> finished) {
    return outbox.markPublished(finished);
  }

  @Override
  public Mono<Void> markPublished(String id, long version) {
    return outbox.markPublished(id, version);
  }
}
