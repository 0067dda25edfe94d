package io.windrow.web.idempotency;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.store.DuplicateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.bson.types.Binary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The collection {@code idempotency}: requests with a key, and what they were answered. An entry is
 * good for a day. What is older is deleted now and then when a request comes, for not every store
 * heeds the index that would do it.
 */
final class IdempotencyStore {
  static final String COLLECTION = "idempotency";
  static final Duration KEPT = Duration.ofHours(24);

  /** A request that is under way for so long has lost its process: it may be tried again. */
  static final Duration LOST = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(IdempotencyStore.class);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final int MOST_KEPT = 1 << 20;
  private static final int TRIES = 5;

  private final MongoCollection<Document> entries;
  private final Clock clock;
  private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);

  IdempotencyStore(MongoDatabase database, Clock clock) {
    this.entries = database.getCollection(COLLECTION);
    this.clock = clock;
  }

  /**
   * Takes the key for a request, unless somebody has it.
   *
   * @param key of one caller
   * @param request hash of all that makes it this request
   */
  Mono<Begun> begin(String key, String request) {
    return sweep()
        .then(Mono.defer(() -> attempt(key, request)))
        .repeatWhenEmpty(TRIES, again -> again)
        .onErrorReturn(IllegalStateException.class, new Begun.UnderWay());
  }

  /** Empty if the entry was changed meanwhile. */
  private Mono<Begun> attempt(String key, String request) {
    Document entry = entry(key, request);
    Begun first = new Begun.First(entry.getString("owner"));
    return Mono.from(entries.insertOne(entry))
        .map(inserted -> first)
        .onErrorResume(
            DuplicateKey::is,
            e ->
                Mono.from(entries.find(new Document("_id", key)).first())
                    .flatMap(
                        there ->
                            free(there, request)
                                ? Mono.from(entries.replaceOne(owned(there), entry))
                                    .filter(result -> result.getMatchedCount() == 1)
                                    .map(taken -> first)
                                : Mono.just(judge(there, request))));
  }

  private Document entry(String key, String request) {
    Instant now = clock.instant();
    return new Document("_id", key)
        .append("request", request)
        .append("owner", UUID.randomUUID().toString())
        .append("startedAt", Date.from(now))
        .append("expiresAt", Date.from(now.plus(KEPT)));
  }

  private boolean free(Document there, String request) {
    Instant now = clock.instant();
    boolean expired = !there.getDate("expiresAt").toInstant().isAfter(now);
    boolean lost =
        !there.containsKey("status")
            && there.getString("request").equals(request)
            && !there.getDate("startedAt").toInstant().plus(LOST).isAfter(now);
    return expired || lost;
  }

  private static Begun judge(Document there, String request) {
    if (!there.getString("request").equals(request)) {
      return new Begun.Another();
    }
    if (!there.containsKey("status")) {
      return new Begun.UnderWay();
    }
    Binary body = there.get("body", Binary.class);
    int status = there.getInteger("status");
    return body == null
        ? new Begun.AnswerNotKept(status)
        : new Begun.Answered(
            new Answer(
                status,
                there.getList("headers", Document.class).stream()
                    .map(h -> new Answer.Header(h.getString("name"), h.getString("value")))
                    .toList(),
                Packed.unpack(body.getData()),
                false));
  }

  /** Keeps what was answered. */
  Mono<Void> end(String key, String owner, Answer answer) {
    byte[] packed = Packed.pack(answer.body());
    List<Document> headers =
        answer.headers().stream()
            .map(h -> new Document("name", h.name()).append("value", h.value()))
            .toList();
    Document set = new Document("status", answer.status()).append("headers", headers);
    if (!answer.secret() && packed.length <= MOST_KEPT) {
      set.append("body", new Binary(packed));
    }
    return Mono.from(entries.updateOne(owned(key, owner), new Document("$set", set))).then();
  }

  /** Gives the key back: nothing lasting has come of the request. */
  Mono<Void> forget(String key, String owner) {
    return Mono.from(entries.deleteOne(owned(key, owner))).then();
  }

  private Mono<Void> sweep() {
    Instant now = clock.instant();
    Instant last = swept.get();
    if (last.plus(SWEEP).isAfter(now) || !swept.compareAndSet(last, now)) {
      return Mono.empty();
    }
    return Mono.from(
            entries.createIndex(
                Indexes.ascending("expiresAt"),
                new IndexOptions().expireAfter(0L, TimeUnit.SECONDS)))
        .then(
            Mono.from(
                entries.deleteMany(
                    new Document("expiresAt", new Document("$lte", Date.from(now))))))
        .doOnError(
            e -> log.atWarn().addKeyValue("error", e.toString()).log("old idempotency keys stay"))
        .onErrorComplete()
        .then();
  }

  private static Document owned(Document entry) {
    return owned(entry.getString("_id"), entry.getString("owner"));
  }

  private static Document owned(String key, String owner) {
    return new Document("_id", key).append("owner", owner);
  }
}
