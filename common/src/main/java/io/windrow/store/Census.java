package io.windrow.store;

import com.mongodb.client.model.Projections;
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

  Mono<Map<TaskState, Long>> states(List<String> ids) {
    return Flux.fromIterable(ids)
        .buffer(TaskCollection.BATCH)
        .concatMap(
            some ->
                tasks
                    .find(new Document(TaskDocument.ID, new Document("$in", some)))
                    .projection(Projections.include(TaskDocument.STATE)))
        .collect(HashMap::new, (map, task) -> map.merge(TaskDocument.state(task), 1L, Long::sum));
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
