package io.windrow.store;

import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import reactor.core.publisher.Mono;

/** Settings that are what they are until somebody stores something else. */
final class CompareAndSet {
  private CompareAndSet() {}

  /**
   * Stores a setting if it is still what the caller has seen.
   *
   * @param was matches what the caller has seen
   * @param now has an id
   * @param unset whether that is also what a setting is that nobody has stored
   * @return whether it was
   */
  static Mono<Boolean> replace(
      MongoCollection<Document> settings, Document was, Document now, boolean unset) {
    return Mono.from(settings.replaceOne(was, now))
        .map(result -> result.getMatchedCount() == 1)
        .flatMap(
            replaced ->
                replaced || !unset
                    ? Mono.just(replaced)
                    : Mono.from(settings.insertOne(now))
                        .thenReturn(true)
                        .onErrorResume(DuplicateKey::is, e -> Mono.just(false)));
  }
}
