package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import reactor.core.publisher.Flux;

/** What a misspelt id may have meant. Ids are hashes: their beginning is what people copy. */
final class NearIds {
  private static final int MOST = 3;
  private static final int LEAST_PREFIX = 4;

  private NearIds() {}

  /** Up to three ids of a collection that begin as this one does. */
  static Flux<String> in(MongoCollection<Document> collection, String id) {
    if (id.length() < LEAST_PREFIX) {
      return Flux.empty();
    }
    String prefix = id.substring(0, Math.min(id.length(), 2 * LEAST_PREFIX));
    Document range = new Document("$gte", prefix).append("$lt", prefix + Character.MAX_VALUE);
    return Flux.from(
            collection
                .find(new Document("_id", range))
                .projection(Projections.include("_id"))
                .limit(MOST))
        .map(d -> d.getString("_id"));
  }
}
