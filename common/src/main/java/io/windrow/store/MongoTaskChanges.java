package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.windrow.pool.TaskChange;
import io.windrow.pool.TaskChanges;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Reads along the index of versions. */
final class MongoTaskChanges implements TaskChanges {
  private final TaskCollection tasks;

  MongoTaskChanges(TaskCollection tasks) {
    this.tasks = tasks;
  }

  @Override
  public Flux<TaskChange> after(long version, int limit) {
    return Flux.from(
            tasks
                .find(new Document(TaskDocument.VERSION, new Document("$gt", version)))
                .sort(Sorts.ascending(TaskDocument.VERSION))
                .limit(limit)
                .projection(
                    Projections.include(
                        TaskDocument.POOL,
                        TaskDocument.QUEUE,
                        TaskDocument.SEQ,
                        TaskDocument.STATE,
                        TaskDocument.VERSION,
                        TaskDocument.ATTEMPT,
                        TaskDocument.WORKER,
                        TaskDocument.UPDATED_AT)))
        .map(MongoTaskChanges::read);
  }

  private static TaskChange read(Document d) {
    Document lease = d.get(TaskDocument.LEASE, Document.class);
    return new TaskChange(
        d.getString(TaskDocument.ID),
        d.getString(TaskDocument.POOL),
        d.getString(TaskDocument.QUEUE),
        d.get(TaskDocument.SEQ, Number.class).intValue(),
        TaskDocument.state(d),
        d.getLong(TaskDocument.VERSION),
        d.getInteger(TaskDocument.ATTEMPT, 0),
        worker(lease),
        TaskDocument.instant(d, TaskDocument.UPDATED_AT));
  }

  private static @Nullable String worker(@Nullable Document lease) {
    return lease == null ? null : lease.getString("worker");
  }
}
