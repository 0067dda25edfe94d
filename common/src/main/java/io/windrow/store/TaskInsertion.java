package io.windrow.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Updates;
import io.windrow.failpoint.FailPoint;
import io.windrow.task.NewTask;
import io.windrow.task.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Inserts tasks, each at most once, and marks the open-ended ones they replace.
 *
 * <p>A crash in between leaves tasks inserted and nothing marked; inserting again does the rest.
 */
final class TaskInsertion {
  private static final int BATCH = 500;

  private final TaskCollection tasks;
  private final Steering steering;

  TaskInsertion(TaskCollection tasks, Steering steering) {
    this.tasks = tasks;
    this.steering = steering;
  }

  /** Those that a submission has generated. */
  Mono<Integer> insert(List<NewTask> newTasks) {
    return insert(newTasks, true);
  }

  /** One that somebody has put in the place of another. */
  Mono<Integer> insertReplacement(NewTask newTask) {
    return insert(List.of(newTask), false);
  }

  private Mono<Integer> insert(List<NewTask> newTasks, boolean generated) {
    String token = UUID.randomUUID().toString();
    return Flux.fromIterable(newTasks)
        .buffer(BATCH)
        .concatMap(some -> insertBatch(some, token, generated))
        .reduce(0, Integer::sum)
        .doOnNext(inserted -> FailPoint.WINDOWS_INSERTED.pass())
        .flatMap(inserted -> supersede(newTasks).thenReturn(inserted));
  }

  private Mono<Integer> insertBatch(List<NewTask> batch, String token, boolean generated) {
    List<Document> documents =
        batch.stream()
            .map(task -> TaskDocument.of(task, tasks.nextVersion(0), tasks.now(), token, generated))
            .toList();
    return write(documents)
        .onErrorResume(TaskCollection::isUnclear, lost -> repair(documents, token));
  }

  private Mono<Integer> write(List<Document> documents) {
    return Mono.from(tasks.mongo().insertMany(documents, new InsertManyOptions().ordered(false)))
        .map(result -> result.getInsertedIds().size())
        .onErrorResume(
            MongoBulkWriteException.class,
            e ->
                e.getWriteErrors().stream().allMatch(TaskInsertion::isDuplicate)
                        && e.getWriteConcernError() == null
                    ? Mono.just(documents.size() - e.getWriteErrors().size())
                    : Mono.error(e));
  }

  private static boolean isDuplicate(BulkWriteError error) {
    return error.getCategory() == ErrorCategory.DUPLICATE_KEY;
  }

  /** After a lost reply: inserts what is not there, counts what this call had inserted before. */
  private Mono<Integer> repair(List<Document> documents, String token) {
    List<String> ids = documents.stream().map(d -> d.getString(TaskDocument.ID)).toList();
    return tasks
        .byIds(ids)
        .collectMap(d -> d.getString(TaskDocument.ID), d -> d.getString(TaskDocument.INSERTED_BY))
        .flatMap(
            there -> {
              int mine = (int) there.values().stream().filter(token::equals).count();
              List<Document> missing =
                  documents.stream()
                      .filter(d -> !there.containsKey(d.getString(TaskDocument.ID)))
                      .toList();
              return missing.isEmpty()
                  ? Mono.just(mine)
                  : write(missing).map(written -> mine + written);
            });
  }

  private Mono<Void> supersede(List<NewTask> newTasks) {
    List<String> keys =
        newTasks.stream()
            .filter(task -> task.calendarEnd() != null)
            .map(TaskDocument::openKey)
            .distinct()
            .toList();
    return Flux.fromIterable(keys)
        .buffer(BATCH)
        .concatMap(
            some -> tasks.find(new Document(TaskDocument.OPEN_KEY, new Document("$in", some))))
        .groupBy(d -> d.getString(TaskDocument.OPEN_KEY), Integer.MAX_VALUE)
        .flatMap(group -> group.collectList(), Math.max(1, keys.size()))
        .concatMap(this::supersedeAllButLatest)
        .then();
  }

  private Mono<Void> supersedeAllButLatest(List<Document> sameWindow) {
    List<Document> byEnd = new ArrayList<>(sameWindow);
    byEnd.sort(Comparator.comparing(d -> d.getString(TaskDocument.CALENDAR_END)));
    String latest = byEnd.get(byEnd.size() - 1).getString(TaskDocument.ID);
    return Flux.fromIterable(byEnd.subList(0, byEnd.size() - 1))
        .concatMap(older -> supersede(older.getString(TaskDocument.ID), latest))
        .then();
  }

  /** The mark is no transition: a worker that runs the old task goes on under its version. */
  private Mono<Void> supersede(String id, String by) {
    return Mono.from(
            tasks
                .mongo()
                .updateOne(
                    new Document(TaskDocument.ID, id), Updates.set(TaskDocument.SUPERSEDED_BY, by)))
        .doOnNext(marked -> FailPoint.WINDOW_SUPERSEDED.pass())
        .then(
            steering.carryOut(
                id,
                Wishes.cancel(
                    "superseded by " + by,
                    state -> state == TaskState.WAITING || state == TaskState.QUEUED)))
        .then();
  }
}
