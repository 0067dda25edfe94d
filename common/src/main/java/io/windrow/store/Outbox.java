package io.windrow.store;

import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import io.windrow.pool.OutboxSize;
import io.windrow.task.Task;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finished tasks whose result is still to be published: the task document is the outbox. */
final class Outbox {
  private static final Document PUBLISHED =
      new Document("$set", new Document(TaskDocument.RESULT_PUBLISHED, true));

  private final TaskCollection tasks;

  Outbox(TaskCollection tasks) {
    this.tasks = tasks;
  }

  Flux<Task> unpublished(Duration olderThan, int limit) {
    Document filter =
        new Document(TaskDocument.RESULT_PUBLISHED, false)
            .append(
                TaskDocument.UPDATED_AT,
                new Document("$lte", Date.from(tasks.now().minus(olderThan))));
    return tasks.read(
        tasks.find(filter).sort(Sorts.ascending(TaskDocument.UPDATED_AT)).limit(limit));
  }

  Mono<OutboxSize> size() {
    Document match = new Document(TaskDocument.RESULT_PUBLISHED, false);
    Document group =
        new Document("_id", 1)
            .append("n", new Document("$sum", 1L))
            .append("since", new Document("$min", "$" + TaskDocument.UPDATED_AT));
    return Mono.from(
            tasks
                .mongo()
                .aggregate(List.of(new Document("$match", match), new Document("$group", group))))
        .map(
            row ->
                new OutboxSize(
                    row.get("n", Number.class).longValue(), TaskDocument.instant(row, "since")))
        .defaultIfEmpty(OutboxSize.EMPTY);
  }

  /** A mark that is lost means one more message that the collector has seen already. */
  Mono<Void> markPublished(List<Task> finished) {
    return tasks.bulk(finished.stream().map(t -> mark(t.id(), t.version())).toList()).then();
  }

  Mono<Void> markPublished(String id, long version) {
    return tasks.update(TaskCollection.fence(id, version), PUBLISHED).then();
  }

  private static UpdateOneModel<Document> mark(String id, long version) {
    return new UpdateOneModel<>(TaskCollection.fence(id, version), PUBLISHED);
  }
}
