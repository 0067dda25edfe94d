package io.windrow.store;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.WriteModel;
import io.windrow.pool.BulkResult;
import io.windrow.task.TaskState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes many tasks, each by a conditional write of its own. All are read before the first is
 * changed, so that none is met twice.
 */
final class BulkChange {
  /** What a change may ask about a task, beside its id. */
  static final Bson FIELDS =
      Projections.include(
          TaskDocument.STATE,
          TaskDocument.VERSION,
          TaskDocument.ATTEMPT,
          TaskDocument.LEASE,
          TaskDocument.UPDATED_AT,
          TaskDocument.STAGE,
          TaskDocument.STAGES,
          TaskDocument.EARLIER);

  private static final int BULK = 1_000;

  private final TaskCollection tasks;
  private final Runnable changed;

  /**
   * @param changed told after tasks were changed
   */
  BulkChange(TaskCollection tasks, Runnable changed) {
    this.tasks = tasks;
    this.changed = changed;
  }

  /**
   * Changes what a filter selects.
   *
   * @param change the conditional write for a task, or nothing if its state forbids it. The task
   *     has its id and {@link #FIELDS}
   */
  Mono<BulkResult> apply(
      Document filter, Function<Document, Optional<WriteModel<Document>>> change) {
    return Flux.from(tasks.find(filter).projection(FIELDS))
        .collectList()
        .flatMap(found -> write(found, change))
        .doOnTerminate(changed);
  }

  private Mono<BulkResult> write(
      List<Document> found, Function<Document, Optional<WriteModel<Document>>> change) {
    Map<TaskState, Integer> refused = new EnumMap<>(TaskState.class);
    return Flux.fromIterable(found)
        .concatMapIterable(
            d -> {
              Optional<WriteModel<Document>> model = change.apply(d);
              if (model.isEmpty()) {
                refused.merge(TaskDocument.state(d), 1, Integer::sum);
              }
              return model.stream().toList();
            })
        .buffer(BULK)
        .concatMap(models -> write(models).map(done -> new int[] {done, models.size() - done}))
        .reduce(new int[2], (sum, part) -> new int[] {sum[0] + part[0], sum[1] + part[1]})
        .map(sum -> new BulkResult(sum[0], refused, sum[1]));
  }

  /** A lost answer counts as raced: the caller asks again, and what is done is done. */
  private Mono<Integer> write(List<WriteModel<Document>> models) {
    return Mono.from(tasks.mongo().bulkWrite(models, new BulkWriteOptions().ordered(false)))
        .map(result -> result.getMatchedCount() + result.getDeletedCount())
        .onErrorResume(TaskCollection::isUnclear, e -> Mono.just(0));
  }
}
