package io.windrow.store;

import com.mongodb.client.model.Projections;
import io.windrow.pool.TaskOrder;
import io.windrow.pool.TaskPage;
import io.windrow.pool.TaskSelection;
import io.windrow.pool.TaskWindow;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Questions about tasks that read and change nothing. */
final class TaskSearch {
  static final Bson BRIEF = Projections.include(TaskDocument.BRIEF);
  private static final Bson WINDOW = Projections.include(WindowDocument.FIELDS);

  private final TaskCollection tasks;

  TaskSearch(TaskCollection tasks) {
    this.tasks = tasks;
  }

  /**
   * A page.
   *
   * @param fields of the tasks; null for all
   */
  Mono<TaskPage> page(
      TaskSelection selection, TaskOrder order, String after, int limit, @Nullable Bson fields) {
    return find(selection, order, after, limit, fields)
        .map(
            found ->
                new TaskPage(
                    found.shown().stream().map(TaskDocument::read).toList(), found.next()));
  }

  Mono<TaskWindow.Page> windows(String pool, String after, int limit) {
    return find(TaskSelection.ofPool(pool), TaskOrder.SEQ, after, limit, WINDOW)
        .map(
            found ->
                new TaskWindow.Page(
                    found.shown().stream().map(WindowDocument::read).toList(), found.next()));
  }

  /** A page as it is stored. */
  private record Found(List<Document> shown, @Nullable String next) {}

  private Mono<Found> find(
      TaskSelection selection, TaskOrder order, String after, int limit, @Nullable Bson fields) {
    FilterDocument filter = FilterDocument.of(selection);
    if (!after.isEmpty()) {
      PageCursor.read(after, order).narrow(filter);
    }
    return Flux.from(
            tasks
                .find(filter.document())
                .sort(PageCursor.sort(order))
                .limit(limit + 1)
                .projection(fields))
        .collectList()
        .map(found -> found(found, order, limit));
  }

  private static Found found(List<Document> found, TaskOrder order, int limit) {
    boolean more = found.size() > limit;
    List<Document> shown = more ? found.subList(0, limit) : found;
    return new Found(shown, more ? PageCursor.of(order, shown.get(limit - 1)).word() : null);
  }

  Flux<Task> byIds(Collection<String> ids) {
    return tasks.byIds(ids).map(TaskDocument::read);
  }

  Flux<String> existing(Collection<String> ids) {
    return Flux.fromIterable(ids)
        .buffer(TaskCollection.BATCH)
        .concatMap(
            some ->
                tasks
                    .find(new Document(TaskDocument.ID, new Document("$in", some)))
                    .projection(Projections.include(TaskDocument.ID)))
        .map(d -> d.getString(TaskDocument.ID));
  }

  /**
   * One pass: of counts made one after another a task that moves on meanwhile would be in two, or
   * in none, and nothing would seem to be left to wait for.
   */
  Mono<Map<TaskState, Long>> stat(TaskSelection selection) {
    Document match = FilterDocument.of(selection).document();
    Document group =
        new Document("_id", "$" + TaskDocument.STATE).append("n", new Document("$sum", 1L));
    return Flux.from(
            tasks
                .mongo()
                .aggregate(List.of(new Document("$match", match), new Document("$group", group))))
        .collect(
            () -> new EnumMap<>(TaskState.class),
            (counts, row) ->
                counts.put(
                    TaskState.ofWord(row.getString("_id")),
                    row.get("n", Number.class).longValue()));
  }

  Flux<String> pools() {
    return Flux.from(tasks.mongo().distinct(TaskDocument.POOL, String.class)).sort();
  }

  Mono<Boolean> hasPool(String pool) {
    return Mono.from(
            tasks
                .mongo()
                .find(new Document(TaskDocument.POOL, pool))
                .projection(Projections.include(TaskDocument.ID))
                .first())
        .hasElement();
  }

  Flux<String> idsLike(String id) {
    return NearIds.in(tasks.mongo(), id);
  }
}
