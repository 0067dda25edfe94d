package io.windrow.store;

import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.pool.BulkResult;
import io.windrow.pool.TaskSelection;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** What a person changes about tasks: their state, their priority, that they are there. */
final class Administration {
  private final MongoDatabase database;
  private final TaskCollection tasks;
  private final BulkChange bulk;

  Administration(MongoDatabase database, TaskCollection tasks, BulkChange bulk) {
    this.database = database;
    this.tasks = tasks;
    this.bulk = bulk;
  }

  Mono<BulkResult> remove(TaskSelection selection, boolean force) {
    return bulk.apply(
        FilterDocument.of(selection).document(),
        d ->
            TaskDocument.state(d) == TaskState.RUNNING && !force
                ? Optional.empty()
                : Optional.of(new DeleteOneModel<>(fence(d))));
  }

  Mono<BulkResult> resetWaiting(TaskSelection selection, boolean force, Duration lease) {
    Document running =
        FilterDocument.of(selection).and(TaskDocument.STATE, TaskState.RUNNING.word()).document();
    return LeaseReaper.serverTime(database)
        .flatMap(server -> bulk.apply(running, d -> takeBack(d, force, server.minus(lease))));
  }

  /** Of an expired one the beat is in the filter: it may beat at this very moment. */
  private Optional<WriteModel<Document>> takeBack(Document d, boolean force, Instant cutoff) {
    Document held = d.get(TaskDocument.LEASE, Document.class);
    if (!force && !TaskDocument.instant(held, "heartbeatAt").isBefore(cutoff)) {
      return Optional.empty();
    }
    Document filter = fence(d);
    if (!force) {
      filter.append(TaskDocument.BEAT, held.getLong("beat"));
    }
    Instant now = tasks.now();
    Document more =
        new Document(TaskDocument.ATTEMPT, Math.max(0, d.getInteger(TaskDocument.ATTEMPT) - 1))
            .append(TaskDocument.NOT_BEFORE, Date.from(now));
    String message = force ? "reset by force" : "reset: its lease had run out";
    return Optional.of(
        new UpdateOneModel<>(
            filter,
            new Ending(Stages.resting(d), "reset", null, message, null)
                .update(Ending.Run.of(d), null, next(d), now, more)));
  }

  Mono<BulkResult> resetStatus(TaskSelection selection, TaskState to, String reason) {
    Document filter = FilterDocument.of(selection).document();
    return switch (to) {
      case WAITING -> bulk.apply(filter, this::reopen);
      case CANCELLED -> bulk.apply(filter, d -> cancel(d, reason));
      default ->
          Mono.error(
              new IllegalArgumentException(
                  "a task can be set to waiting or cancelled, not to "
                      + to.word()
                      + ": that is what its worker records"));
    };
  }

  private Optional<WriteModel<Document>> reopen(Document d) {
    TaskState from = TaskDocument.state(d);
    if (from == TaskState.RUNNING || !from.next().contains(TaskState.WAITING)) {
      return Optional.empty();
    }
    Instant now = tasks.now();
    Document set =
        Ending.to(TaskState.WAITING, next(d), now)
            .append(TaskDocument.NOT_BEFORE, Date.from(now))
            .append(TaskDocument.PAUSED, false);
    if (from.terminal() || from == TaskState.PART_DONE) {
      set.putAll(Stages.follows(d) ? Stages.resume(d) : Stages.restart(d));
    }
    return Optional.of(
        new UpdateOneModel<>(
            fence(d),
            new Document("$set", set)
                .append(
                    "$unset",
                    new Document(TaskDocument.RESULT_PUBLISHED, "")
                        .append(TaskDocument.CAUSE, ""))));
  }

  private Optional<WriteModel<Document>> cancel(Document d, String reason) {
    if (!TaskDocument.state(d).next().contains(TaskState.CANCELLED)) {
      return Optional.empty();
    }
    Ending ending = new Ending(TaskState.CANCELLED, "cancelled", null, reason, null);
    return Optional.of(
        new UpdateOneModel<>(
            fence(d),
            ending.update(
                Ending.Run.of(d),
                null,
                next(d),
                tasks.now(),
                new Document(TaskDocument.PAUSED, false).append(TaskDocument.BLOCKED, false))));
  }

  Mono<BulkResult> prioritize(TaskSelection selection, int priority) {
    return bulk.apply(
        FilterDocument.of(selection).document(),
        d ->
            switch (TaskDocument.state(d)) {
              case WAITING, PART_DONE -> Optional.of(set(d, priority, new Document()));
              case QUEUED ->
                  Optional.of(set(d, priority, Ending.to(TaskState.WAITING, next(d), tasks.now())));
              default -> Optional.empty();
            });
  }

  private WriteModel<Document> set(Document d, int priority, Document more) {
    Document set =
        new Document(TaskDocument.VERSION, next(d)).append(TaskDocument.PRIORITY, priority);
    set.putAll(more);
    return new UpdateOneModel<>(fence(d), new Document("$set", set));
  }

  private static Document fence(Document d) {
    return TaskCollection.fence(d.getString(TaskDocument.ID), d.getLong(TaskDocument.VERSION));
  }

  private long next(Document d) {
    return tasks.nextVersion(d.getLong(TaskDocument.VERSION));
  }
}
