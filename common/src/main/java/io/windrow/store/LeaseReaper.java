package io.windrow.store;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes tasks from workers that no longer beat. */
final class LeaseReaper {
  private static final int BATCH = 1_000;

  private final MongoDatabase database;
  private final TaskCollection tasks;
  private final Failures failures;
  private final LeaseJudge judge = new LeaseJudge();

  LeaseReaper(MongoDatabase database, TaskCollection tasks, Failures failures) {
    this.database = database;
    this.failures = failures;
    this.tasks = tasks;
  }

  Flux<Task> reapExpired(Duration lease) {
    return serverTime(database)
        .mapNotNull(server -> judge(server, lease))
        .flatMapMany(
            cutoff ->
                Flux.concat(
                    late(TaskDocument.HEARTBEAT_AT, cutoff).concatMap(d -> reap(d, lease)),
                    late(TaskDocument.DEADLINE, cutoff).concatMap(this::end)));
  }

  private Flux<Document> late(String field, Instant cutoff) {
    return Flux.from(
        tasks
            .find(
                new Document(TaskDocument.STATE, TaskState.RUNNING.word())
                    .append(field, new Document("$lt", Date.from(cutoff))))
            .limit(BATCH));
  }

  /** The store's own time. Of the commands that tell it, the one that also the embedded has. */
  static Mono<Instant> serverTime(MongoDatabase database) {
    return Mono.from(database.runCommand(new Document("isMaster", 1)))
        .map(reply -> reply.getDate("localTime").toInstant());
  }

  private synchronized @Nullable Instant judge(Instant server, Duration lease) {
    return judge.read(tasks.now(), server, lease);
  }

  private Mono<Task> reap(Document d, Duration lease) {
    boolean again = d.getInteger(TaskDocument.ATTEMPT) < d.getInteger(TaskDocument.MAX_ATTEMPTS);
    Document held = d.get(TaskDocument.LEASE, Document.class);
    long version = d.getLong(TaskDocument.VERSION);
    Instant now = tasks.now();
    String token = UUID.randomUUID().toString();
    Ending ending =
        new Ending(
            again ? Stages.resting(d) : TaskState.FAILED,
            "expired",
            "LeaseExpired",
            "worker %s sent no heartbeat for %s".formatted(held.getString("worker"), lease),
            null);
    Document more = again ? new Document(TaskDocument.NOT_BEFORE, Date.from(now)) : new Document();
    return tasks
        .updateAndGet(
            TaskCollection.fence(d.getString(TaskDocument.ID), version)
                .append(TaskDocument.BEAT, held.getLong("beat")),
            ending.update(Ending.Run.of(d), token, tasks.nextVersion(version), now, more),
            back -> TaskDocument.entry(back, token) != null)
        .map(TaskDocument::read);
  }

  /**
   * Workers stop at a time-out themselves. One that cannot, because its run does not listen, still
   * beats a whole lease later; then the task is taken from it.
   */
  private Mono<Task> end(Document d) {
    Task task = TaskDocument.read(d);
    String token = UUID.randomUUID().toString();
    Instant now = tasks.now();
    Document more = new Document();
    Ending ending =
        failures.ending(
            task,
            new Outcome.Failed(
                FailureKind.RETRYABLE,
                "TimedOut",
                "still ran a lease after its time-out of " + task.terms().timeout(),
                ""),
            now,
            more);
    return tasks
        .updateAndGet(
            TaskCollection.fence(task.id(), task.version()),
            ending.update(Ending.Run.of(d), token, tasks.nextVersion(task.version()), now, more),
            back -> TaskDocument.entry(back, token) != null)
        .map(TaskDocument::read);
  }
}
