package io.windrow.store;

import io.windrow.task.Attempt;
import io.windrow.task.Lease;
import io.windrow.task.NewTask;
import io.windrow.task.Progress;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskId;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A task as a document of the collection {@code tasks}, and back. */
final class TaskDocument {
  static final String ID = "_id";
  static final String POOL = "pool";
  static final String SUBMISSION = "submission";
  static final String QUEUE = "queue";
  static final String PRIORITY = "priority";
  static final String SEQ = "seq";
  static final String STATE = "state";
  static final String VERSION = "version";
  static final String ATTEMPT = "attempt";
  static final String NOT_BEFORE = "notBefore";
  static final String LEASE = "lease";
  static final String WORKER = "lease.worker";
  static final String CLAIM = "lease.claim";
  static final String BEAT = "lease.beat";
  static final String HEARTBEAT_AT = "lease.heartbeatAt";
  static final String HISTORY = "history";
  static final String RESULT = "result";
  static final String SUPERSEDED_BY = "supersededBy";
  static final String CREATED_AT = "createdAt";
  static final String UPDATED_AT = "updatedAt";

  /** Last calendar day of an open-ended task. */
  static final String CALENDAR_END = "calendarEnd";

  /** The id an open-ended task would have without its calendar's end: equal on all calendars. */
  static final String OPEN_KEY = "openKey";

  /** When a queued task was last announced. */
  static final String ANNOUNCED_AT = "announcedAt";

  /** Which call announced it: settles a short count of a bulk write. */
  static final String ANNOUNCED_BY = "announcedBy";

  /**
   * Whether its submission has generated it; a task that took the place of another one by hand only
   * keeps that one's submission.
   */
  static final String GENERATED = "generated";

  /** Which call inserted it: settles a lost reply. */
  static final String INSERTED_BY = "insertedBy";

  /** Which wish of a person last changed it: settles a lost reply. */
  static final String CHANGED_BY = "changedBy";

  /** Whether it waits until somebody resumes it; {@link #NOT_BEFORE} is then {@link #HELD}. */
  static final String PAUSED = "paused";

  /** Whether it waits for what it depends on; {@link #NOT_BEFORE} is then {@link #HELD}. */
  static final String BLOCKED = "blocked";

  /** On a task cancelled because of another one: that one's id and the version of its end. */
  static final String CAUSE = "cause";

  static final String DEPENDS_ON = "dependsOn";

  /** Later than any task's time: what is held is not due, so that all questions leave it out. */
  static final Instant HELD = Instant.parse("9999-12-31T00:00:00Z");

  /** When an attempt with a time-out has taken it up, by the store's clock. */
  static final String DEADLINE = "lease.deadline";

  static final String MAX_ATTEMPTS = "maxAttempts";

  /** The present stage's back-off and time-out; not there if it has neither. */
  static final String TERMS = "terms";

  /** Name of the present stage; not there if the task declares none. */
  static final String STAGE = "stage";

  static final String STAGES = "stages";

  /** The traceparent of the request that asked for it; not there if it was not traced. */
  static final String TRACE = "trace";

  /** Results of the stages that have ended. */
  static final String EARLIER = "earlier";

  /** In an entry of the history: the version the attempt ran under, which its recorder has, too. */
  static final String RAN = "ran";

  /** On finished tasks: whether {@code TaskFinished} is known to be on its topic. */
  static final String RESULT_PUBLISHED = "resultPublished";

  /**
   * What a list shows of tasks: all of a task, but of its definition, which is most of it, only the
   * model's class and the segments.
   */
  static final List<String> BRIEF =
      List.of(
          VERSION,
          POOL,
          "experiment",
          QUEUE,
          PRIORITY,
          SEQ,
          STATE,
          ATTEMPT,
          NOT_BEFORE,
          SUBMISSION,
          HISTORY,
          RESULT,
          CREATED_AT,
          UPDATED_AT,
          LEASE,
          PAUSED,
          BLOCKED,
          SUPERSEDED_BY,
          CALENDAR_END,
          DEPENDS_ON,
          MAX_ATTEMPTS,
          TERMS,
          STAGES,
          EARLIER,
          "definition.model.class",
          "definition.dataset.kwargs.segments");

  private TaskDocument() {}

  static Document of(
      NewTask task, long version, Instant now, String insertedBy, boolean generated) {
    Stage first = task.stages().get(0);
    Document document =
        new Document(ID, task.id())
            .append(VERSION, version)
            .append(POOL, task.pool())
            .append("experiment", task.experiment())
            .append(QUEUE, first.queue())
            .append(PRIORITY, task.priority())
            .append(SEQ, task.seq())
            .append(STATE, TaskState.WAITING.word())
            .append(ATTEMPT, 0)
            .append(NOT_BEFORE, Date.from(now))
            .append(SUBMISSION, task.submission())
            .append(GENERATED, generated)
            .append(HISTORY, List.of())
            .append(CREATED_AT, Date.from(now))
            .append(UPDATED_AT, Date.from(now))
            .append(INSERTED_BY, insertedBy)
            .append("definition", FieldNames.encode(task.definition()));
    TermsDocument.put(first.terms(), document);
    if (!first.isOnly()) {
      document.append(STAGE, first.name()).append(STAGES, StageDocument.of(task.stages()));
    }
    if (!task.dependsOn().isEmpty()) {
      document
          .append(DEPENDS_ON, DependencyDocument.of(task.dependsOn()))
          .append(BLOCKED, true)
          .append(NOT_BEFORE, Date.from(HELD));
    }
    if (task.trace() != null) {
      document.append(TRACE, task.trace());
    }
    if (task.calendarEnd() != null) {
      document.append(CALENDAR_END, task.calendarEnd().toString()).append(OPEN_KEY, openKey(task));
    }
    return document;
  }

  static String openKey(NewTask task) {
    return TaskId.of(task.pool(), task.experiment(), task.definition(), null, task.stages());
  }

  static Task read(Document d) {
    return new Task(
        d.getString(ID),
        asked(d),
        state(d),
        d.getLong(VERSION),
        new Progress(
            d.getInteger(ATTEMPT),
            instant(d, NOT_BEFORE),
            d.getBoolean(PAUSED, false),
            d.getBoolean(BLOCKED, false),
            lease(d.get(LEASE, Document.class)),
            d.getList(HISTORY, Document.class).stream().map(TaskDocument::attempt).toList(),
            d.getList(EARLIER, Document.class, List.of()).stream()
                .map(TaskDocument::stored)
                .toList(),
            result(d.get(RESULT, Document.class))),
        d.getString(SUPERSEDED_BY),
        instant(d, CREATED_AT),
        instant(d, UPDATED_AT));
  }

  private static NewTask asked(Document d) {
    String calendarEnd = d.getString(CALENDAR_END);
    return new NewTask(
        d.getString(POOL),
        d.getString("experiment"),
        d.getString(SUBMISSION),
        d.getLong(SEQ),
        d.getInteger(PRIORITY),
        FieldNames.decode(d.get("definition", new Document())),
        calendarEnd == null ? null : LocalDate.parse(calendarEnd),
        DependencyDocument.read(d),
        StageDocument.read(d),
        d.getString(TRACE));
  }

  /**
   * A task with some fields changed, as {@code $set} would.
   *
   * @param set fields of the task, or of a part of it: {@code lease.worker}
   */
  static Document with(Document task, Document set) {
    Document changed = new Document(task);
    set.forEach(
        (field, value) -> {
          int dot = field.indexOf('.');
          if (dot < 0) {
            changed.append(field, value);
          } else {
            String part = field.substring(0, dot);
            Document inner = new Document(changed.get(part, new Document()));
            changed.append(part, inner.append(field.substring(dot + 1), value));
          }
        });
    return changed;
  }

  static TaskState state(Document d) {
    return TaskState.ofWord(d.getString(STATE));
  }

  static Instant instant(Document d, String field) {
    return d.getDate(field).toInstant();
  }

  /**
   * An entry of the history.
   *
   * @param token tells afterwards whose write this was; null if nobody will ask
   * @param state what the entry's transition led to
   * @param version the version it led to
   */
  static Document entry(Attempt a, @Nullable String token, TaskState state, long version) {
    return new Document("attempt", a.attempt())
        .append("worker", a.worker())
        .append("startedAt", Date.from(a.startedAt()))
        .append("endedAt", Date.from(a.endedAt()))
        .append("outcome", a.outcome())
        .append("errorClass", a.errorClass())
        .append("message", a.message())
        .append("logTail", a.logTail())
        .append(STAGE, a.stage())
        .append("claim", token)
        .append(STATE, state.word())
        .append(VERSION, version);
  }

  /** The entry with a token, or null. */
  static @Nullable Document entry(Document task, String token) {
    return task.getList(HISTORY, Document.class).stream()
        .filter(entry -> token.equals(entry.getString("claim")))
        .findFirst()
        .orElse(null);
  }

  static Document result(TaskResult result) {
    return new Document("recorder", result.recorder())
        .append("claim", result.claim())
        .append("metrics", FieldNames.encode(result.metrics()));
  }

  /** Metrics of its result; empty without one. */
  static Map<String, Double> metrics(Document task) {
    TaskResult result = result(task.get(RESULT, Document.class));
    return result == null ? Map.of() : result.metrics();
  }

  private static Attempt attempt(Document d) {
    return new Attempt(
        d.getInteger("attempt"),
        d.getString("worker"),
        instant(d, "startedAt"),
        instant(d, "endedAt"),
        d.getString("outcome"),
        d.getString("errorClass"),
        d.getString("message"),
        d.getString("logTail"),
        d.getString(STAGE));
  }

  private static @Nullable Lease lease(@Nullable Document d) {
    return d == null
        ? null
        : new Lease(
            d.getString("worker"),
            d.getString("claim"),
            d.getLong("beat"),
            instant(d, "heartbeatAt"));
  }

  private static @Nullable TaskResult result(@Nullable Document d) {
    return d == null ? null : stored(d);
  }

  private static TaskResult stored(Document d) {
    Map<String, Double> metrics = FieldNames.decode(d.get("metrics", Document.class), Double.class);
    return new TaskResult(d.getString("recorder"), d.getString("claim"), metrics);
  }
}
