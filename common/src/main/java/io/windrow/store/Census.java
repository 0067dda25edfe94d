package io.windrow.store;

import io.windrow.pool.EndedTask;
import io.windrow.pool.TaskCount;
import io.windrow.task.TaskState;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts tasks without reading their definitions. */
final class Census {
  private static final List<String> NOT_BEGUN =
      List.of(TaskState.WAITING.word(), TaskState.QUEUED.word());

  /** A command must stay below 16 MB; an id has 64 characters. */
  private static final int MOST_IDS = 10_000;

  private final TaskCollection tasks;

  Census(TaskCollection tasks) {
    this.tasks = tasks;
  }

  Flux<TaskCount> count() {
    Document due =
        new Document(TaskDocument.STATE, new Document("$in", NOT_BEGUN))
            .append(TaskDocument.NOT_BEFORE, new Document("$lte", Date.from(tasks.now())));
    return group(due)
        .collect(
            HashMap<Document, Document>::new,
            (found, row) -> found.put(row.get("_id", Document.class), row))
        .flatMapMany(
            found ->
                group(new Document())
                    .map(row -> read(row, found.get(row.get("_id", Document.class)))));
  }

  /**
   * Tasks per state of those that a submission was the first to ask for. If they are as many as it
   * expects they are exactly those, for each of them is one: an index tells without any id.
   */
  Mono<Map<TaskState, Long>> generated(String submission) {
    return byState(
            new Document(TaskDocument.SUBMISSION, submission).append(TaskDocument.GENERATED, true))
        .collect(HashMap::new, Census::add);
  }

  /** The same of tasks by their ids. */
  Mono<Map<TaskState, Long>> states(List<String> ids) {
    return Flux.fromIterable(ids)
        .buffer(MOST_IDS)
        .concatMap(some -> byState(new Document(TaskDocument.ID, new Document("$in", some))))
        .collect(HashMap::new, Census::add);
  }

  static long total(Map<TaskState, Long> counts) {
    return counts.values().stream().mapToLong(each -> each).sum();
  }

  private Flux<Document> byState(Document match) {
    Document group =
        new Document("_id", "$" + TaskDocument.STATE).append("n", new Document("$sum", 1L));
    return Flux.from(
        tasks
            .mongo()
            .aggregate(List.of(new Document("$match", match), new Document("$group", group))));
  }

  private static void add(Map<TaskState, Long> counts, Document row) {
    counts.merge(TaskState.ofWord(row.getString("_id")), number(row), Long::sum);
  }

  Flux<EndedTask> ended(Collection<String> ids) {
    return tasks
        .byIds(ids, TaskDocument.STATE, TaskDocument.VERSION)
        .filter(d -> TaskDocument.state(d).terminal())
        .map(
            d ->
                new EndedTask(
                    d.getString(TaskDocument.ID),
                    TaskDocument.state(d),
                    d.getLong(TaskDocument.VERSION)));
  }

  private Flux<Document> group(Document match) {
    Document key =
        new Document(TaskDocument.POOL, "$" + TaskDocument.POOL)
            .append(TaskDocument.QUEUE, "$" + TaskDocument.QUEUE)
            .append(TaskDocument.STATE, "$" + TaskDocument.STATE);
    Document group =
        new Document("_id", key)
            .append("n", new Document("$sum", 1L))
            .append("since", new Document("$min", "$" + TaskDocument.NOT_BEFORE));
    return Flux.from(
        tasks
            .mongo()
            .aggregate(List.of(new Document("$match", match), new Document("$group", group))));
  }

  private static TaskCount read(Document all, @Nullable Document due) {
    Document key = all.get("_id", Document.class);
    TaskState state = TaskDocument.state(key);
    long tasks = number(all);
    long counted = due != null ? number(due) : 0;
    return new TaskCount(
        key.getString(TaskDocument.POOL),
        key.getString(TaskDocument.QUEUE),
        state,
        tasks,
        state == TaskState.WAITING ? counted : tasks,
        due == null ? null : due.getDate("since").toInstant());
  }

  private static long number(Document row) {
    return row.get("n", Number.class).longValue();
  }
}
