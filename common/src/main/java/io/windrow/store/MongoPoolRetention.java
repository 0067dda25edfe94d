package io.windrow.store;

import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.pool.PoolRetention;
import io.windrow.pool.Retention;
import java.time.Duration;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The collection {@code retention}: {@code {_id: pool, attempts, results}}, in milliseconds. */
final class MongoPoolRetention implements PoolRetention {
  private final MongoCollection<Document> retention;

  MongoPoolRetention(MongoDatabase database) {
    this.retention = database.getCollection("retention");
  }

  @Override
  public Mono<Retention> find(String pool) {
    return Mono.from(retention.find(new Document("_id", pool)).first())
        .map(MongoPoolRetention::read)
        .defaultIfEmpty(Retention.standard(pool));
  }

  @Override
  public Flux<Retention> list() {
    return Flux.from(retention.find()).map(MongoPoolRetention::read);
  }

  @Override
  public Mono<Void> set(Retention of) {
    return Mono.from(
            retention.replaceOne(
                new Document("_id", of.pool()), write(of), new ReplaceOptions().upsert(true)))
        .then();
  }

  @Override
  public Mono<Boolean> replace(Retention was, Retention now) {
    boolean unset = was.equals(Retention.standard(was.pool()));
    return CompareAndSet.replace(retention, write(was), write(now), unset);
  }

  private static Document write(Retention of) {
    return new Document("_id", of.pool())
        .append("attempts", of.attempts().toMillis())
        .append("results", of.results() == null ? null : of.results().toMillis());
  }

  private static Retention read(Document d) {
    Long results = d.getLong("results");
    return new Retention(
        d.getString("_id"),
        Duration.ofMillis(d.getLong("attempts")),
        results == null ? null : Duration.ofMillis(results));
  }
}
