package io.windrow.store;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.pool.Leadership;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import reactor.core.publisher.Mono;

/**
 * The collection {@code leaders}: {@code {_id: role, version, holder, until}}, {@code until} by the
 * store's clock.
 */
final class MongoLeadership implements Leadership {
  private final MongoDatabase database;
  private final MongoCollection<Document> leaders;

  MongoLeadership(MongoDatabase database) {
    this.database = database;
    this.leaders = database.getCollection("leaders");
  }

  @Override
  public Mono<Boolean> acquire(String role, String holder, Duration lease) {
    return LeaseReaper.serverTime(database)
        .flatMap(
            now ->
                find(role)
                    .flatMap(
                        leader ->
                            holder.equals(leader.getString("holder")) || isOver(leader, now)
                                ? replace(leader, holder, now.plus(lease))
                                : Mono.just(false))
                    .switchIfEmpty(Mono.defer(() -> first(role, holder, now.plus(lease)))));
  }

  @Override
  public Mono<Void> release(String role, String holder) {
    return find(role)
        .filter(leader -> holder.equals(leader.getString("holder")))
        .flatMap(leader -> replace(leader, holder, Instant.EPOCH))
        .then();
  }

  private Mono<Document> find(String role) {
    return Mono.from(leaders.find(new Document("_id", role)).first());
  }

  private static boolean isOver(Document leader, Instant now) {
    return leader.getDate("until").toInstant().isBefore(now);
  }

  private Mono<Boolean> replace(Document leader, String holder, Instant until) {
    long version = leader.getLong("version");
    Document set =
        new Document("version", version + 1)
            .append("holder", holder)
            .append("until", Date.from(until));
    return Mono.from(
            leaders.updateOne(
                TaskCollection.fence(leader.getString("_id"), version), new Document("$set", set)))
        .map(result -> result.getMatchedCount() == 1);
  }

  private Mono<Boolean> first(String role, String holder, Instant until) {
    Document leader =
        TaskCollection.fence(role, 1L).append("holder", holder).append("until", Date.from(until));
    return Mono.from(leaders.insertOne(leader))
        .thenReturn(true)
        .onErrorResume(DuplicateKey::is, e -> Mono.just(false));
  }
}
