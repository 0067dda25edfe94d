package io.windrow.store;

import io.windrow.failpoint.FailPoint;
import io.windrow.pool.Replacement;
import io.windrow.task.CanonicalJson;
import io.windrow.task.NewTask;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.Map;
import org.bson.Document;
import reactor.core.publisher.Mono;

/**
 * Puts a task with another definition in the place of one that has not run. The old one is
 * cancelled first and names the new one: a crash before the insertion is mended by asking again,
 * and at no moment may both run.
 */
final class DefinitionReplacement {
  private static final int TRIES = 4;

  private final TaskCollection tasks;
  private final MongoTaskPool pool;

  DefinitionReplacement(TaskCollection tasks, MongoTaskPool pool) {
    this.tasks = tasks;
    this.pool = pool;
  }

  Mono<Replacement> replace(String id, Map<String, ?> definition) {
    return Mono.defer(() -> attempt(id, definition))
        .repeatWhenEmpty(TRIES, again -> again)
        .onErrorComplete(IllegalStateException.class)
        .switchIfEmpty(Mono.defer(() -> raced(id)));
  }

  private Mono<Replacement> raced(String id) {
    return tasks
        .byId(id)
        .map(d -> new Replacement.Refused(TaskDocument.state(d), "it changes all the time"));
  }

  /** Empty if the task is not there or changed meanwhile. */
  private Mono<Replacement> attempt(String id, Map<String, ?> definition) {
    return tasks.byId(id).map(TaskDocument::read).flatMap(old -> replace(old, definition));
  }

  private Mono<Replacement> replace(Task old, Map<String, ?> definition) {
    NewTask replacement = withDefinition(old, definition);
    String newId = replacement.id();
    if (newId.equals(old.id())) {
      return Mono.just(new Replacement.Same());
    }
    Mono<Replacement> insert =
        Mono.defer(() -> pool.insertReplacement(replacement))
            .thenReturn(new Replacement.Replaced(newId));
    if (old.state() == TaskState.CANCELLED && newId.equals(old.supersededBy())) {
      return insert;
    }
    boolean untouched = old.state() == TaskState.WAITING || old.state() == TaskState.QUEUED;
    if (!untouched || !old.history().isEmpty()) {
      return Mono.just(
          new Replacement.Refused(
              old.state(),
              old.supersededBy() != null
                  ? "task " + old.supersededBy() + " has replaced it"
                  : untouched ? "it has run before" : "only a task that has not run"));
    }
    return cancel(old, newId)
        .filter(cancelled -> cancelled)
        .doOnNext(cancelled -> FailPoint.REPLACED_TASK_CANCELLED.pass())
        .flatMap(cancelled -> insert);
  }

  private Mono<Boolean> cancel(Task old, String newId) {
    Instant now = tasks.now();
    Document update =
        new Ending(TaskState.CANCELLED, "replaced", null, "replaced by " + newId, null)
            .update(
                new Ending.Run(old.attempt(), "", old.updatedAt(), null, 0),
                null,
                tasks.nextVersion(old.version()),
                now,
                new Document(TaskDocument.SUPERSEDED_BY, newId));
    return tasks.update(TaskCollection.fence(old.id(), old.version()), update);
  }

  private static NewTask withDefinition(Task old, Map<String, ?> definition) {
    return new NewTask(
        old.pool(),
        old.experiment(),
        old.submission(),
        old.seq(),
        old.priority(),
        CanonicalJson.copy(definition),
        old.calendarEnd(),
        old.dependsOn(),
        old.asked().stages());
  }
}
