package io.windrow.store;

import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** Withdraws tasks. */
final class Cancellation {
  private static final int TRIES = 5;

  private final TaskCollection tasks;

  Cancellation(TaskCollection tasks) {
    this.tasks = tasks;
  }

  private enum Verdict {
    CANCELLED,
    REFUSED,
    MOVED_ON
  }

  /**
   * Cancels a task, trying again when it changes state meanwhile.
   *
   * @param from only in such a state; a finished task is never cancelled
   */
  Mono<Boolean> cancel(String id, String reason, Predicate<TaskState> from) {
    return Mono.defer(() -> attempt(id, reason, from))
        .repeat(TRIES - 1)
        .filter(verdict -> verdict != Verdict.MOVED_ON)
        .next()
        .map(verdict -> verdict == Verdict.CANCELLED)
        .defaultIfEmpty(false);
  }

  private Mono<Verdict> attempt(String id, String reason, Predicate<TaskState> from) {
    return tasks
        .byId(id)
        .filter(d -> TaskDocument.state(d).next().contains(TaskState.CANCELLED))
        .filter(d -> from.test(TaskDocument.state(d)))
        .flatMap(d -> cancel(d, reason))
        .defaultIfEmpty(Verdict.REFUSED);
  }

  private Mono<Verdict> cancel(Document d, String reason) {
    String token = UUID.randomUUID().toString();
    String id = d.getString(TaskDocument.ID);
    long version = d.getLong(TaskDocument.VERSION);
    Instant now = tasks.now();
    Document update =
        new Ending(TaskState.CANCELLED, "cancelled", null, reason, null)
            .update(Ending.Run.of(d), token, tasks.nextVersion(version), now, new Document());
    return tasks
        .update(TaskCollection.fence(id, version), update)
        .flatMap(
            matched ->
                matched
                    ? Mono.just(true)
                    : tasks.readBack(id).map(back -> TaskDocument.entry(back, token) != null))
        .map(cancelled -> cancelled ? Verdict.CANCELLED : Verdict.MOVED_ON);
  }
}
