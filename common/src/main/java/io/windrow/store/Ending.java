package io.windrow.store;

import io.windrow.task.Attempt;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A transition that ends something and goes into the history.
 *
 * @param state where it leads
 * @param outcome the word in the history
 * @param errorClass simple name of the error, or null
 * @param message what happened, or null; cut to 2,000 characters
 * @param logTail end of the log, or null; cut to its last 8,000 characters
 */
record Ending(
    TaskState state,
    String outcome,
    @Nullable String errorClass,
    @Nullable String message,
    @Nullable String logTail) {

  private static final int MAX_MESSAGE = 2_000;
  private static final int MAX_LOG_TAIL = 8_000;

  Ending {
    if (message != null && message.length() > MAX_MESSAGE) {
      message = message.substring(0, MAX_MESSAGE);
    }
    if (logTail != null && logTail.length() > MAX_LOG_TAIL) {
      logTail = logTail.substring(logTail.length() - MAX_LOG_TAIL);
    }
  }

  /**
   * What an attempt at a task was, so far.
   *
   * @param version the version it ran under: its recorder has the same
   */
  record Run(int attempt, String worker, Instant startedAt, @Nullable String stage, long version) {
    static Run of(Document task) {
      Document lease = task.get(TaskDocument.LEASE, Document.class);
      return new Run(
          task.getInteger(TaskDocument.ATTEMPT),
          lease == null ? "" : lease.getString("worker"),
          TaskDocument.instant(task, TaskDocument.UPDATED_AT),
          task.getString(TaskDocument.STAGE),
          task.getLong(TaskDocument.VERSION));
    }
  }

  /** The fields every transition sets. */
  static Document to(TaskState state, long version, Instant now) {
    Document set =
        new Document(TaskDocument.STATE, state.word())
            .append(TaskDocument.VERSION, version)
            .append(TaskDocument.UPDATED_AT, Date.from(now));
    return state.terminal() ? set.append(TaskDocument.RESULT_PUBLISHED, false) : set;
  }

  /**
   * The whole update: fields, no more lease, one entry of the history.
   *
   * @param more further fields to set
   * @param token marks the entry, to settle a lost reply; null if nobody will ask
   */
  Document update(Run run, @Nullable String token, long version, Instant now, Document more) {
    Document set = to(state, version, now);
    set.putAll(more);
    Attempt attempt =
        new Attempt(
            run.attempt(),
            run.worker(),
            run.startedAt(),
            now,
            outcome,
            errorClass,
            message,
            logTail,
            run.stage());
    return new Document("$set", set)
        .append("$unset", new Document(TaskDocument.LEASE, ""))
        .append(
            "$push",
            new Document(
                TaskDocument.HISTORY,
                TaskDocument.entry(attempt, token, state, version)
                    .append(TaskDocument.RAN, run.version())));
  }
}
