package io.windrow.store;

import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tasks on their way through the queue's topic. */
final class Announcements {
  private final TaskCollection tasks;

  Announcements(TaskCollection tasks) {
    this.tasks = tasks;
  }

  Mono<List<Task>> enqueue(List<Task> waiting) {
    String token = UUID.randomUUID().toString();
    Instant now = tasks.now();
    Map<String, Long> next = new HashMap<>();
    waiting.forEach(task -> next.put(task.id(), tasks.nextVersion(task.version())));
    List<UpdateOneModel<Document>> updates =
        waiting.stream()
            .map(
                task ->
                    updateOne(
                        task,
                        Ending.to(TaskState.QUEUED, next.get(task.id()), now)
                            .append(TaskDocument.ANNOUNCED_AT, Date.from(now))
                            .append(TaskDocument.ANNOUNCED_BY, token)))
            .toList();
    return tasks
        .bulk(updates)
        .flatMap(
            matched ->
                matched == waiting.size()
                    ? Mono.just(
                        waiting.stream()
                            .map(task -> task.moved(TaskState.QUEUED, next.get(task.id()), now))
                            .toList())
                    : tasks
                        .byIds(next.keySet())
                        .filter(d -> token.equals(d.getString(TaskDocument.ANNOUNCED_BY)))
                        .map(TaskDocument::read)
                        .filter(task -> task.version() == next.get(task.id()))
                        .collectList());
  }

  Mono<Long> queued(String queue) {
    return Mono.from(tasks.mongo().countDocuments(queuedOf(queue)));
  }

  Flux<Task> queuedLongerThan(String queue, Duration age, int limit) {
    Document filter =
        queuedOf(queue)
            .append(
                TaskDocument.ANNOUNCED_AT, new Document("$lte", Date.from(tasks.now().minus(age))));
    return tasks.read(
        tasks.find(filter).sort(Sorts.ascending(TaskDocument.ANNOUNCED_AT)).limit(limit));
  }

  Mono<Void> announced(List<Task> queued) {
    Document set = new Document(TaskDocument.ANNOUNCED_AT, Date.from(tasks.now()));
    return tasks.bulk(queued.stream().map(task -> updateOne(task, set)).toList()).then();
  }

  private static UpdateOneModel<Document> updateOne(Task task, Document set) {
    return new UpdateOneModel<>(
        TaskCollection.fence(task.id(), task.version()), new Document("$set", set));
  }

  private static Document queuedOf(String queue) {
    return new Document(TaskDocument.QUEUE, queue)
        .append(TaskDocument.STATE, TaskState.QUEUED.word());
  }
}
