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
                    new Document(TaskDocument.PAUSED, false)))
            : new Judgement.Denied("only a task that is not finished can be cancelled");
  }

  /**
   * Runs a failed or cancelled task again, with all its attempts before it. Its history stays; what
   * was not published of its end need not be any more.
   */
  static Wish replay() {
    return change -> {
      if (change.task().getString(TaskDocument.SUPERSEDED_BY) != null) {
        return new Judgement.Denied(
            "a longer calendar has replaced it by "
                + change.task().get(TaskDocument.SUPERSEDED_BY));
      }
      if (change.state() != TaskState.FAILED && change.state() != TaskState.CANCELLED) {
        return new Judgement.Denied("only a failed or cancelled task can be retried");
      }
      Document set =
          waiting(change)
              .append(TaskDocument.ATTEMPT, 0)
              .append(TaskDocument.NOT_BEFORE, Date.from(change.now()));
      return new Judgement.Allowed(
          new Document("$set", set)
              .append("$unset", new Document(TaskDocument.RESULT_PUBLISHED, "")));
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
                    waiting(change)
                        .append(TaskDocument.PAUSED, false)
                        .append(TaskDocument.NOT_BEFORE, Date.from(change.now()))))
            : new Judgement.Denied("it is not paused");
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
            change.end(new Ending(TaskState.WAITING, "handed_back", null, reason, null), more));
      }
      case QUEUED -> set(change, more);
      case WAITING -> waitingToo ? set(change, more) : new Judgement.Denied("it waits already");
      case PART_DONE, DONE, FAILED, CANCELLED ->
          new Judgement.Denied("only a task that waits or runs can be paused");
    };
  }

  private static Judgement set(Change change, Document more) {
    Document set = waiting(change);
    set.putAll(more);
    return new Judgement.Allowed(new Document("$set", set));
  }

  private static Document waiting(Change change) {
    return Ending.to(TaskState.WAITING, change.version(), change.now());
  }
}
