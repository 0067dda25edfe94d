package io.windrow.store;

import io.windrow.pool.ControlResult;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What people wish: a task is read, judged, and changed as it was read; when it changes state
 * meanwhile, it is read and judged again.
 */
final class Steering {
  private static final int TRIES = 5;

  private final TaskCollection tasks;

  Steering(TaskCollection tasks) {
    this.tasks = tasks;
  }

  /**
   * One change as it is to be made.
   *
   * @param task as read
   * @param token its mark, for the history
   * @param version the version it leads to
   */
  record Change(Document task, String token, long version, Instant now) {
    TaskState state() {
      return TaskDocument.state(task);
    }

    /** Ends what runs, if anything does, with an entry in the history. */
    Document end(Ending ending, Document more) {
      return ending.update(Ending.Run.of(task), token, version, now, more);
    }
  }

  /** What a wish means for a task as it stands. */
  sealed interface Judgement {
    /** It is to be changed so. */
    record Allowed(Document update) implements Judgement {}

    /** It must stay as it is. */
    record Denied(String reason) implements Judgement {}
  }

  /** Judges one wish. */
  @FunctionalInterface
  interface Wish {
    Judgement judge(Change change);
  }

  /** Carries a wish out, trying again when the task changes state meanwhile. */
  Mono<ControlResult> carryOut(String id, Wish wish) {
    return Mono.defer(() -> attempt(id, wish))
        .repeatWhenEmpty(TRIES, again -> again)
        .onErrorResume(
            IllegalStateException.class,
            tooOften ->
                tasks
                    .byId(id)
                    .<ControlResult>map(
                        d ->
                            new ControlResult.Refused(
                                TaskDocument.state(d), "it keeps changing; ask again"))
                    .defaultIfEmpty(new ControlResult.Unknown()));
  }

  private Mono<ControlResult> attempt(String id, Wish wish) {
    return tasks
        .byId(id)
        .map(d -> change(d))
        .flatMap(
            change -> {
              Judgement judgement = wish.judge(change);
              return judgement instanceof Judgement.Denied denied
                  ? Mono.just(
                      Outcome.of(new ControlResult.Refused(change.state(), denied.reason())))
                  : apply(change, ((Judgement.Allowed) judgement).update());
            })
        .defaultIfEmpty(Outcome.of(new ControlResult.Unknown()))
        .mapNotNull(Outcome::result);
  }

  private Change change(Document d) {
    return new Change(
        d,
        UUID.randomUUID().toString(),
        tasks.nextVersion(d.getLong(TaskDocument.VERSION)),
        tasks.now());
  }

  private Mono<Outcome> apply(Change change, Document update) {
    update.get("$set", Document.class).append(TaskDocument.CHANGED_BY, change.token());
    Document filter =
        TaskCollection.fence(
            change.task().getString(TaskDocument.ID), change.task().getLong(TaskDocument.VERSION));
    return tasks
        .updateAndGet(
            filter, update, back -> change.token().equals(back.getString(TaskDocument.CHANGED_BY)))
        .map(after -> Outcome.of(new ControlResult.Changed(TaskDocument.read(after))))
        .defaultIfEmpty(Outcome.MOVED_ON);
  }

  /** A result, or none because the task moved on under another version. */
  private record Outcome(@Nullable ControlResult result) {
    static final Outcome MOVED_ON = new Outcome(null);

    static Outcome of(ControlResult result) {
      return new Outcome(result);
    }
  }
}
