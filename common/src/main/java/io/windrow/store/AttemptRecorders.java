package io.windrow.store;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The recorders of attempts, which their workers open and close. A worker that dies, is reaped or
 * loses its task leaves a recorder that says running for ever; here the task is asked.
 */
public final class AttemptRecorders {
  private static final int BATCH = 500;
  private static final String STATUS = "status";
  private static final String RUNNING = "running";
  private static final String FINISHED = "finished";
  private static final String FAILED = "failed";
  private static final String TASK = "taskId";
  private static final String RECORDER = "recorder";

  private final MongoCollection<Document> recorders;
  private final TaskCollection tasks;

  AttemptRecorders(MongoDatabase database, TaskCollection tasks) {
    this.recorders = database.getCollection("recorders");
    this.tasks = tasks;
  }

  /**
   * Closes the recorders of attempts that have ended: as finished if the task keeps what they came
   * to, else as failed. Whatever runs still has the task's version, and is left alone; so is what a
   * person opened, which belongs to no task. To be repeated; a recorder that is closed meanwhile
   * stays as it is.
   *
   * @param olderThan an end more recent than that is left to its worker
   * @return how many
   */
  public Mono<Long> closeEnded(Duration olderThan) {
    return Mono.fromSupplier(() -> tasks.now().minus(olderThan))
        .flatMapMany(
            until ->
                Flux.from(
                        recorders
                            .find(
                                new Document(STATUS, RUNNING).append(TASK, new Document("$gt", "")))
                            .projection(Projections.include(TASK, TaskDocument.VERSION))
                            .batchSize(BATCH))
                    .buffer(BATCH)
                    .concatMap(open -> close(open, until)))
        .reduce(0L, Long::sum);
  }

  private Mono<Long> close(List<Document> open, Instant until) {
    List<String> ids = open.stream().map(recorder -> recorder.getString(TASK)).distinct().toList();
    return tasks
        .byIds(
            ids,
            TaskDocument.VERSION,
            TaskDocument.UPDATED_AT,
            TaskDocument.RESULT + "." + RECORDER,
            TaskDocument.EARLIER + "." + RECORDER)
        .collectMap(task -> task.getString(TaskDocument.ID))
        .flatMap(
            found -> {
              Map<Boolean, List<String>> ended =
                  open.stream()
                      .filter(recorder -> hasEnded(recorder, found.get(task(recorder)), until))
                      .collect(
                          partitioningBy(
                              recorder -> isKept(id(recorder), found.get(task(recorder))),
                              mapping(AttemptRecorders::id, toList())));
              return close(ended.get(true), FINISHED)
                  .zipWith(close(ended.get(false), FAILED), Long::sum);
            });
  }

  /** A task that is there no more has no attempts. */
  private static boolean hasEnded(Document recorder, @Nullable Document task, Instant until) {
    return task == null
        || (!task.getLong(TaskDocument.VERSION).equals(recorder.getLong(TaskDocument.VERSION))
            && !TaskDocument.instant(task, TaskDocument.UPDATED_AT).isAfter(until));
  }

  private static boolean isKept(String recorder, @Nullable Document task) {
    return task != null
        && Stream.concat(
                Stream.ofNullable(task.get(TaskDocument.RESULT, Document.class)),
                task.getList(TaskDocument.EARLIER, Document.class, List.of()).stream())
            .anyMatch(result -> recorder.equals(result.getString(RECORDER)));
  }

  private Mono<Long> close(List<String> ids, String status) {
    return ids.isEmpty()
        ? Mono.just(0L)
        : Mono.from(
                recorders.updateMany(
                    new Document(TaskDocument.ID, new Document("$in", ids)).append(STATUS, RUNNING),
                    new Document(
                        "$set",
                        new Document(STATUS, status).append("endedAt", Date.from(tasks.now())))))
            .map(result -> result.getModifiedCount());
  }

  private static String id(Document recorder) {
    return recorder.getString(TaskDocument.ID);
  }

  private static String task(Document recorder) {
    return recorder.getString(TASK);
  }
}
