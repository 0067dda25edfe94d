package io.windrow.store;

import com.mongodb.client.model.UpdateOneModel;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Tasks on their way from stage to stage. Which one a task is in follows from the number of results
 * it keeps; queue, attempts and terms of that one stand in the task itself, where every question
 * about tasks finds them.
 */
final class Stages {
  private static final int BATCH = 1_000;

  private final TaskCollection tasks;

  Stages(TaskCollection tasks) {
    this.tasks = tasks;
  }

  /**
   * Lets the next stage of tasks wait whose stage has ended. A crash before it, or a lost answer,
   * leaves a task where the next call finds it.
   *
   * @return how many
   */
  Mono<Integer> advance() {
    Document ended =
        new Document(TaskDocument.STATE, TaskState.PART_DONE.word())
            .append(TaskDocument.STAGES, new Document("$exists", true))
            .append(TaskDocument.PAUSED, new Document("$ne", true));
    return Flux.from(tasks.find(ended).projection(BulkChange.FIELDS).limit(BATCH))
        .filter(Stages::follows)
        .map(this::next)
        .collectList()
        .flatMap(tasks::bulk);
  }

  private UpdateOneModel<Document> next(Document task) {
    Instant now = tasks.now();
    long version = task.getLong(TaskDocument.VERSION);
    Document set = Ending.to(TaskState.WAITING, tasks.nextVersion(version), now);
    set.putAll(begin(task, ended(task)));
    return new UpdateOneModel<>(
        TaskCollection.fence(task.getString(TaskDocument.ID), version),
        new Document("$set", set.append(TaskDocument.NOT_BEFORE, Date.from(now))));
  }

  /** Whether a stage is left that has not ended. */
  static boolean follows(Document task) {
    return ended(task) < count(task);
  }

  /** As {@link io.windrow.task.Task#resting}. */
  static TaskState resting(Document task) {
    return count(task) == 1 && ended(task) > 0 ? TaskState.PART_DONE : TaskState.WAITING;
  }

  /** The fields of a task that begins the first stage that has not ended, or its last one. */
  static Document resume(Document task) {
    return begin(task, Math.min(ended(task), count(task) - 1));
  }

  /** The fields of a task that begins its first stage again. */
  static Document restart(Document task) {
    return begin(task, 0).append(TaskDocument.EARLIER, List.of());
  }

  private static Document begin(Document task, int number) {
    Document set = new Document(TaskDocument.ATTEMPT, 0);
    List<Document> stages = task.getList(TaskDocument.STAGES, Document.class);
    if (stages != null) {
      Document stage = stages.get(number);
      set.append(TaskDocument.STAGE, stage.getString(StageDocument.NAME));
      for (String own :
          List.of(TaskDocument.QUEUE, TaskDocument.MAX_ATTEMPTS, TaskDocument.TERMS)) {
        set.append(own, stage.get(own));
      }
    }
    return set;
  }

  private static int ended(Document task) {
    return task.getList(TaskDocument.EARLIER, Document.class, List.of()).size();
  }

  private static int count(Document task) {
    List<Document> stages = task.getList(TaskDocument.STAGES, Document.class);
    return stages == null ? 1 : stages.size();
  }
}
