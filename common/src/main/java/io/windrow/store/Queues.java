package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.windrow.task.TaskState;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The queues that there are. They are found one after the other along an index that begins with the
 * queue, so that it takes as long as there are queues, however many tasks they have.
 */
final class Queues {
  private static final List<String> UNFINISHED =
      Arrays.stream(TaskState.values()).filter(s -> !s.terminal()).map(TaskState::word).toList();

  private final TaskCollection tasks;

  Queues(TaskCollection tasks) {
    this.tasks = tasks;
  }

  /** Those with unfinished tasks. */
  Flux<String> active() {
    return next("").expand(this::next).filterWhen(this::isActive, 1);
  }

  private Mono<String> next(String after) {
    return first(new Document(TaskDocument.QUEUE, new Document("$gt", after)), TaskDocument.QUEUE)
        .map(d -> d.getString(TaskDocument.QUEUE));
  }

  private Mono<Boolean> isActive(String queue) {
    Document unfinished =
        new Document(TaskDocument.QUEUE, queue)
            .append(TaskDocument.STATE, new Document("$in", UNFINISHED));
    return first(unfinished, TaskDocument.STATE).hasElement();
  }

  private Mono<Document> first(Document filter, String order) {
    return Mono.from(
        tasks
            .find(filter)
            .sort(Sorts.ascending(order))
            .projection(Projections.include(order))
            .limit(1));
  }
}
