package io.windrow.store;

import io.windrow.pool.ScoredWindow;
import io.windrow.pool.TaskWindow;
import io.windrow.task.TaskState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a task's document that tell its window. A definition may be large, and so may what
 * attempts left in the history: neither is read whole.
 */
final class WindowDocument {
  private static final List<String> DATASET = List.of("definition", "dataset", "kwargs");

  static final List<String> FIELDS =
      List.of(
          TaskDocument.SEQ,
          TaskDocument.STATE,
          TaskDocument.ATTEMPT,
          TaskDocument.PAUSED,
          TaskDocument.BLOCKED,
          TaskDocument.STAGE,
          "experiment",
          TaskDocument.QUEUE,
          TaskDocument.UPDATED_AT,
          "definition.model.class",
          "definition.model.kwargs",
          "definition.dataset.kwargs.handler.class",
          "definition.dataset.kwargs.handler.kwargs.label",
          "definition.dataset.kwargs.segments",
          "result.metrics",
          TaskDocument.WORKER,
          "history.worker",
          "history.startedAt",
          "history.endedAt");

  /** What {@link #scored} reads. */
  static final List<String> SCORE_FIELDS =
      List.of(
          "definition.model.class",
          "definition.dataset.kwargs.segments.test",
          "result.metrics",
          TaskDocument.UPDATED_AT);

  private WindowDocument() {}

  static ScoredWindow scored(Document d) {
    List<@Nullable String> test = segment(d, "test");
    Map<String, Double> metrics = metrics(d);
    return new ScoredWindow(
        d.getString(TaskDocument.ID),
        text(at(d, List.of("definition", "model", "class"))),
        test == null ? null : test.get(1),
        metrics == null ? Map.of() : metrics,
        TaskDocument.instant(d, TaskDocument.UPDATED_AT));
  }

  static TaskWindow read(Document d) {
    return new TaskWindow(
        d.getString(TaskDocument.ID),
        d.getLong(TaskDocument.SEQ),
        TaskDocument.state(d),
        d.getInteger(TaskDocument.ATTEMPT),
        d.getBoolean(TaskDocument.PAUSED, false),
        d.getBoolean(TaskDocument.BLOCKED, false),
        d.getString(TaskDocument.STAGE),
        d.getString("experiment"),
        d.getString(TaskDocument.QUEUE),
        text(at(d, List.of("definition", "model", "class"))),
        params(at(d, List.of("definition", "model", "kwargs"))),
        text(at(at(d, DATASET), List.of("handler", "class"))),
        at(at(d, DATASET), List.of("handler", "kwargs", "label")),
        segment(d, "train"),
        segment(d, "valid"),
        segment(d, "test"),
        metrics(d),
        run(d));
  }

  private static @Nullable List<@Nullable String> segment(Document d, String name) {
    return at(at(d, DATASET), List.of("segments", name)) instanceof List<?> ends && ends.size() == 2
        ? Arrays.asList(text(ends.get(0)), text(ends.get(1)))
        : null;
  }

  private static @Nullable Map<String, Double> metrics(Document d) {
    return at(d, List.of(TaskDocument.RESULT, "metrics")) instanceof Document metrics
        ? FieldNames.decode(metrics, Double.class)
        : null;
  }

  /** What a series may be told by: a list or a map tells nobody at a glance. */
  private static Map<String, String> params(@Nullable Object kwargs) {
    Map<String, String> params = new HashMap<>();
    if (kwargs instanceof Document document) {
      FieldNames.decode(document)
          .forEach(
              (name, value) -> {
                if (value instanceof String
                    || value instanceof Number
                    || value instanceof Boolean) {
                  params.put(name, value.toString());
                }
              });
    }
    return params;
  }

  /** Of a task that runs its last change was the claim. */
  private static TaskWindow.@Nullable Run run(Document d) {
    if (TaskDocument.state(d) == TaskState.RUNNING
        && at(d, List.of(TaskDocument.LEASE, "worker")) instanceof String worker) {
      return new TaskWindow.Run(worker, TaskDocument.instant(d, TaskDocument.UPDATED_AT), null);
    }
    List<Document> history = d.getList(TaskDocument.HISTORY, Document.class, List.of());
    if (history.isEmpty()) {
      return null;
    }
    Document last = history.get(history.size() - 1);
    return new TaskWindow.Run(
        last.getString("worker"),
        TaskDocument.instant(last, "startedAt"),
        TaskDocument.instant(last, "endedAt"));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable Object at(@Nullable Object from, List<String> path) {
    Object value = from;
    for (String key : path) {
      value = value instanceof Document document ? document.get(key) : null;
    }
    return value;
  }
}
