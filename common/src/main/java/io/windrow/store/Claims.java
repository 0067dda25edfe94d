package io.windrow.store;

import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.CommitResult;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a worker does to a task: claim it and record what came of it. */
final class Claims {
  private final TaskCollection tasks;
  private final List<MongoPoolLimits> limits;
  private final StoreSettings settings;
  private final Failures failures;

  Claims(
      TaskCollection tasks,
      List<MongoPoolLimits> limits,
      StoreSettings settings,
      Failures failures) {
    this.failures = failures;
    this.tasks = tasks;
    this.limits = limits;
    this.settings = settings;
  }

  /**
   * Reads, judges, and changes what was read: the version read is the version changed, so the state
   * and pool judged are those of the change.
   */
  Mono<ClaimResult> claim(String id, long version, String worker) {
    return tasks
        .read(id)
        .filter(d -> d.getLong(TaskDocument.VERSION) == version)
        .filter(Claims::mayRun)
        .flatMap(
            d ->
                Flux.fromIterable(limits)
                    .concatMap(limit -> limit.obstacle(d))
                    .next()
                    .flatMap(reason -> defer(d, reason))
                    .switchIfEmpty(Mono.defer(() -> claim(d, worker).flatMap(this::within))))
        .defaultIfEmpty(new ClaimResult.Stale());
  }

  /** A stage that has ended is followed by the next one, on the queue of that. */
  private static boolean mayRun(Document d) {
    TaskState state = TaskDocument.state(d);
    return state.next().contains(TaskState.RUNNING)
        && !(state == TaskState.PART_DONE && Stages.follows(d));
  }

  private Mono<ClaimResult> claim(Document d, String worker) {
    String token = UUID.randomUUID().toString();
    long version = d.getLong(TaskDocument.VERSION);
    Instant now = tasks.now();
    Document set =
        Ending.to(TaskState.RUNNING, tasks.nextVersion(version), now)
            .append(TaskDocument.WORKER, worker)
            .append(TaskDocument.CLAIM, token)
            .append(TaskDocument.BEAT, 0L)
            .append(TaskDocument.ATTEMPT, d.getInteger(TaskDocument.ATTEMPT) + 1);
    Duration timeout = TermsDocument.read(d).timeout();
    if (timeout != null) {
      set.append(TaskDocument.DEADLINE, Date.from(now.plus(timeout)));
    }
    Document update =
        new Document("$set", set)
            .append("$currentDate", new Document(TaskDocument.HEARTBEAT_AT, true));
    return tasks
        .update(TaskCollection.fence(d.getString(TaskDocument.ID), version), update)
        .onErrorResume(TaskCollection::isAway, e -> Mono.just(false))
        .flatMap(matched -> matched ? Mono.just(claimed(d, set, now)) : claimed(d, token))
        .map(claimed -> new ClaimResult.Claimed(new Claim(TaskDocument.read(claimed), token)));
  }

  /** The task as the claim left it, all but the server's time. */
  private static Document claimed(Document d, Document set, Instant now) {
    return TaskDocument.with(
        d, new Document(set).append(TaskDocument.HEARTBEAT_AT, Date.from(now)));
  }

  /**
   * The same as read back; empty if the claim was another's. However long the store is away: a
   * claim that nobody knows of would run out, and be charged for it.
   */
  private Mono<Document> claimed(Document d, String token) {
    return tasks
        .read(d.getString(TaskDocument.ID))
        .retryWhen(TaskCollection.whenItIsBack())
        .filter(back -> token.equals(back.getEmbedded(List.of("lease", "claim"), String.class)));
  }

  /**
   * Hands a task back that is one too many: claims that coincide see each other only now. However
   * long the store is away, as before: the task is claimed already.
   */
  private Mono<ClaimResult> within(ClaimResult result) {
    if (!(result instanceof ClaimResult.Claimed claimed)) {
      return Mono.just(result);
    }
    return Flux.fromIterable(limits)
        .concatMap(limit -> limit.excess(claimed.claim().task()))
        .next()
        .retryWhen(TaskCollection.whenItIsBack())
        .flatMap(
            reason ->
                commit(claimed.claim(), new Outcome.HandedBack(reason))
                    .retryWhen(TaskCollection.whenItIsBack())
                    .<ClaimResult>thenReturn(new ClaimResult.Deferred(reason, settings.defer())))
        .defaultIfEmpty(result);
  }

  /** Back to waiting, so that the queue is free for what may run. */
  private Mono<ClaimResult> defer(Document d, String reason) {
    ClaimResult deferred = new ClaimResult.Deferred(reason, settings.defer());
    if (TaskDocument.state(d) != TaskState.QUEUED) {
      return Mono.just(deferred);
    }
    long version = d.getLong(TaskDocument.VERSION);
    Instant now = tasks.now();
    Document set =
        Ending.to(TaskState.WAITING, tasks.nextVersion(version), now)
            .append(TaskDocument.NOT_BEFORE, Date.from(now.plus(settings.defer())));
    return tasks
        .update(
            TaskCollection.fence(d.getString(TaskDocument.ID), version), new Document("$set", set))
        .thenReturn(deferred);
  }

  /**
   * One conditional update. When it is not known to have matched, the history tells: the entry with
   * the claim's token stays there whatever becomes of the task.
   */
  Mono<CommitResult> commit(Claim claim, Outcome outcome) {
    Task task = claim.task();
    if (outcome instanceof Outcome.PartDone && !mayEndInPart(task)) {
      return Mono.just(
          new CommitResult.Refused(
              "nothing follows this part of the task, it would be fetched for ever: commit it as"
                  + " done"));
    }
    Instant now = tasks.now();
    long version = tasks.nextVersion(claim.version());
    Document more = new Document();
    Ending ending = ending(claim, outcome, now, more);
    Ending.Run run =
        new Ending.Run(
            task.attempt(),
            worker(task),
            task.updatedAt(),
            task.stage().isOnly() ? null : task.stage().name(),
            claim.version());
    return tasks
        .update(fence(claim), ending.update(run, claim.token(), version, now, more))
        .flatMap(
            matched ->
                matched
                    ? Mono.just(new CommitResult.Committed(ending.state(), version))
                    : recorded(claim));
  }

  private static Document fence(Claim claim) {
    String id = claim.task().id();
    return Fencing.on()
        ? TaskCollection.fence(id, claim.version())
        : new Document(TaskDocument.ID, id);
  }

  private Mono<CommitResult> recorded(Claim claim) {
    return tasks
        .readBack(claim.task().id())
        .mapNotNull(back -> TaskDocument.entry(back, claim.token()))
        .<CommitResult>map(
            entry ->
                new CommitResult.Committed(
                    TaskDocument.state(entry), entry.getLong(TaskDocument.VERSION)))
        .defaultIfEmpty(new CommitResult.Fenced());
  }

  private Ending ending(Claim claim, Outcome outcome, Instant now, Document more) {
    Task task = claim.task();
    if (outcome instanceof Outcome.Succeeded succeeded) {
      return task.inLastStage()
          ? done(claim.result(succeeded.metrics()), more)
          : partDone(claim, succeeded.metrics(), now, more);
    }
    if (outcome instanceof Outcome.PartDone part) {
      return partDone(claim, part.metrics(), now, more);
    }
    if (outcome instanceof Outcome.HandedBack handedBack) {
      more.append(TaskDocument.ATTEMPT, task.attempt() - 1)
          .append(TaskDocument.NOT_BEFORE, Date.from(now));
      return new Ending(task.resting(), "handed_back", null, handedBack.reason(), null);
    }
    return failures.ending(task, (Outcome.Failed) outcome, now, more);
  }

  private static Ending done(TaskResult result, Document more) {
    more.append(TaskDocument.RESULT, TaskDocument.result(result));
    return new Ending(TaskState.DONE, "done", null, null, null);
  }

  private static Ending partDone(
      Claim claim, Map<String, Double> metrics, Instant now, Document more) {
    List<TaskResult> ended = new ArrayList<>(claim.task().earlier());
    ended.add(claim.result(metrics));
    more.append(TaskDocument.EARLIER, ended.stream().map(TaskDocument::result).toList())
        .append(TaskDocument.NOT_BEFORE, Date.from(now));
    return new Ending(TaskState.PART_DONE, "part_done", null, null, null);
  }

  /** Once by hand, else as often as there are stages. */
  private static boolean mayEndInPart(Task task) {
    return !task.inLastStage() || (task.asked().stages().size() == 1 && task.earlier().isEmpty());
  }

  private static String worker(Task task) {
    return task.lease() == null ? "" : task.lease().worker();
  }
}
