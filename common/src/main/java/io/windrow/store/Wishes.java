package io.windrow.store;

import io.windrow.store.Steering.Change;
import io.windrow.store.Steering.Judgement;
import io.windrow.store.Steering.Wish;
import io.windrow.task.TaskState;
import java.util.Date;
import java.util.function.Predicate;
import org.bson.Document;

/** What people may wish about a task, each with the states that allow it. */
final class Wishes {
  private Wishes() {}

  /**
   * Withdraws a task that is not finished.
   *
   * @param from only in such a state
   */
  static Wish cancel(String reason, Predicate<TaskState> from) {
    return change ->
        change.state().next().contains(TaskState.CANCELLED) && from.test(change.state())
            ? new Judgement.Allowed(
                change.end(
                    new Ending(TaskState.CANCELLED, "cancelled", null, reason, null),
                    new Document(TaskDocument.PAUSED, false).append(TaskDocument.BLOCKED, false)))
            : new Judgement.Denied("only a task that is not finished can be cancelled");
  }

  /**
   * Runs a failed or cancelled task again, with all its attempts before it. Its history stays; what
   * was not published of its end need not be any more.
   *
   * @param fromFirst begins at the first stage, not at the one that did not end well
   */
  static Wish replay(boolean fromFirst) {
    return change -> {
      if (change.task().getString(TaskDocument.SUPERSEDED_BY) != null) {
        return new Judgement.Denied(
            "a longer calendar has replaced it by "
                + change.task().get(TaskDocument.SUPERSEDED_BY));
      }
      if (change.state() != TaskState.FAILED && change.state() != TaskState.CANCELLED) {
        return new Judgement.Denied("only a failed or cancelled task can be retried");
      }
      TaskState to = fromFirst ? TaskState.WAITING : Stages.resting(change.task());
      boolean depends =
          to == TaskState.WAITING && !DependencyDocument.read(change.task()).isEmpty();
      Document set =
          to(to, change)
              .append(TaskDocument.BLOCKED, depends)
              .append(
                  TaskDocument.NOT_BEFORE, Date.from(depends ? TaskDocument.HELD : change.now()));
      set.putAll(fromFirst ? Stages.restart(change.task()) : Stages.resume(change.task()));
      return new Judgement.Allowed(
          new Document("$set", set)
              .append(
                  "$unset",
                  new Document(TaskDocument.RESULT_PUBLISHED, "").append(TaskDocument.CAUSE, "")));
    };
  }

  /** Holds a task until it is resumed; one that runs is taken from its worker, uncharged. */
  static Wish pause(String reason) {
    return change -> {
      if (change.task().getBoolean(TaskDocument.PAUSED, false)) {
        return new Judgement.Denied("it is paused already");
      }
      Document held =
          new Document(TaskDocument.PAUSED, true)
              .append(TaskDocument.NOT_BEFORE, Date.from(TaskDocument.HELD));
      return takeBack(change, reason, held, true);
    };
  }

  /** Lets a paused task run again. */
  static Wish resume() {
    return change ->
        change.task().getBoolean(TaskDocument.PAUSED, false)
            ? new Judgement.Allowed(
                new Document(
                    "$set",
                    to(change.state(), change)
                        .append(TaskDocument.PAUSED, false)
                        .append(
                            TaskDocument.NOT_BEFORE,
                            Date.from(isBlocked(change) ? TaskDocument.HELD : change.now()))))
            : new Judgement.Denied("it is not paused");
  }

  /** Lets a task run whose dependencies are met. */
  static Wish unblock() {
    return change ->
        isBlocked(change) && change.state() == TaskState.WAITING
            ? new Judgement.Allowed(
                new Document(
                    "$set",
                    waiting(change)
                        .append(TaskDocument.BLOCKED, false)
                        .append(
                            TaskDocument.NOT_BEFORE,
                            Date.from(
                                change.task().getBoolean(TaskDocument.PAUSED, false)
                                    ? TaskDocument.HELD
                                    : change.now()))))
            : new Judgement.Denied("it waits for no other task");
  }

  /**
   * Cancels a task that waits for an end that did not come about.
   *
   * @param cause the other task's id and the version of its end
   */
  static Wish giveUp(String reason, Document cause) {
    return change ->
        isBlocked(change) && change.state() == TaskState.WAITING
            ? new Judgement.Allowed(
                change.end(
                    new Ending(TaskState.CANCELLED, "cancelled", "DependencyUnmet", reason, null),
                    new Document(TaskDocument.PAUSED, false)
                        .append(TaskDocument.BLOCKED, false)
                        .append(TaskDocument.CAUSE, cause)))
            : new Judgement.Denied("it waits for no other task");
  }

  /** Replays a task that was cancelled because of an end that has been replayed meanwhile. */
  static Wish reopen(Document cause) {
    Wish replay = replay(false);
    return change ->
        cause.equals(change.task().get(TaskDocument.CAUSE, Document.class))
            ? replay.judge(change)
            : new Judgement.Denied("it was cancelled for another reason");
  }

  private static boolean isBlocked(Change change) {
    return change.task().getBoolean(TaskDocument.BLOCKED, false);
  }

  /** Takes a task from its worker or its queue, uncharged: it may be announced again at once. */
  static Wish recall(String reason) {
    return change ->
        takeBack(
            change, reason, new Document(TaskDocument.NOT_BEFORE, Date.from(change.now())), false);
  }

  private static Judgement takeBack(
      Change change, String reason, Document more, boolean waitingToo) {
    return switch (change.state()) {
      case RUNNING -> {
        more.append(TaskDocument.ATTEMPT, change.task().getInteger(TaskDocument.ATTEMPT) - 1);
        yield new Judgement.Allowed(
            change.end(
                new Ending(Stages.resting(change.task()), "handed_back", null, reason, null),
                more));
      }
      case QUEUED -> set(TaskState.WAITING, change, more);
      case WAITING, PART_DONE ->
          waitingToo ? set(change.state(), change, more) : new Judgement.Denied("it waits already");
      case DONE, FAILED, CANCELLED ->
          new Judgement.Denied("only a task that waits or runs can be paused");
    };
  }

  private static Judgement set(TaskState to, Change change, Document more) {
    Document set = to(to, change);
    set.putAll(more);
    return new Judgement.Allowed(new Document("$set", set));
  }

  private static Document waiting(Change change) {
    return to(TaskState.WAITING, change);
  }

  private static Document to(TaskState state, Change change) {
    return Ending.to(state, change.version(), change.now());
  }
}
