package io.windrow.store;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import io.windrow.pool.Claim;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** Renews the leases of a worker: one bulk of conditional updates, whatever the number. */
final class Heartbeats {
  private static final Document BEAT =
      new Document("$inc", new Document(TaskDocument.BEAT, 1L))
          .append("$currentDate", new Document(TaskDocument.HEARTBEAT_AT, true));

  private final TaskCollection tasks;

  Heartbeats(TaskCollection tasks) {
    this.tasks = tasks;
  }

  /** Errors go to the caller: a beat that failed is simply tried again. */
  Mono<Set<String>> send(Collection<Claim> claims) {
    if (claims.isEmpty()) {
      return Mono.just(Set.of());
    }
    List<UpdateOneModel<Document>> beats =
        claims.stream()
            .map(
                each ->
                    new UpdateOneModel<Document>(
                        TaskCollection.fence(each.task().id(), each.version()), BEAT))
            .toList();
    return Mono.from(tasks.mongo().bulkWrite(beats, new BulkWriteOptions().ordered(false)))
        .flatMap(
            result ->
                result.getMatchedCount() == beats.size() ? Mono.just(Set.of()) : lost(claims));
  }

  /**
   * Those that did not match. A version never comes back, so a task that still has the claim's had
   * it when the beat came.
   */
  private Mono<Set<String>> lost(Collection<Claim> claims) {
    List<String> ids = claims.stream().map(each -> each.task().id()).toList();
    return tasks
        .byIds(ids, TaskDocument.VERSION)
        .collectMap(d -> d.getString(TaskDocument.ID), d -> d.getLong(TaskDocument.VERSION))
        .map(versions -> lost(claims, versions));
  }

  private static Set<String> lost(Collection<Claim> claims, Map<String, Long> versions) {
    return claims.stream()
        .filter(each -> !Long.valueOf(each.version()).equals(versions.get(each.task().id())))
        .map(Claim::token)
        .collect(Collectors.toUnmodifiableSet());
  }
}
