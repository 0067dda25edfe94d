package io.windrow.web.security;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.result.DeleteResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The API tokens, in the collection {@code tokens}; of each secret only its SHA-256. Tokens that
 * expired or were revoked are kept for a month, so that it can be seen what became of them.
 */
final class Tokens {
  static final Duration KEPT = Duration.ofDays(30);

  private static final String COLLECTION = "tokens";
  private static final int MOST_LISTED = 1_000;
  private static final String HASH = "hash";
  private static final String REVOKED = "revokedAt";
  private static final String EXPIRES = "expiresAt";

  private final MongoCollection<Document> tokens;
  private final Clock clock;
  private final Sweep sweep;

  /**
   * @param database with majority writes: a revocation must not be rolled back
   */
  Tokens(MongoDatabase database, Clock clock) {
    this.tokens = database.getCollection(COLLECTION);
    this.clock = clock;
    this.sweep = new Sweep(COLLECTION, this::deleteEnded, clock);
  }

  /**
   * A token and the hash that its text must have.
   *
   * @param hash SHA-256 in hexadecimal digits
   */
  record Stored(Token token, String hash) {
    boolean isOf(String text) {
      return Hashes.same(Hashes.fromHex(hash), Hashes.sha256(text));
    }
  }

  /**
   * Makes a token.
   *
   * @param expiresAt when it ends, or null if never
   * @param by name of who makes it
   * @throws IllegalArgumentException if the name or the scopes will not do
   */
  Mono<NewToken> create(String name, List<Scope> scopes, @Nullable Instant expiresAt, String by) {
    TokenText text = TokenText.random();
    Token token = new Token(text.id(), name, scopes, clock.instant(), by, expiresAt, null, null);
    Document document =
        new Document("_id", token.id())
            .append(HASH, Hashes.toHex(Hashes.sha256(text.text())))
            .append("name", token.name())
            .append("scopes", token.scopes().stream().map(Scope::word).toList())
            .append("createdAt", Date.from(token.createdAt()))
            .append("createdBy", by);
    if (expiresAt != null) {
      document.append(EXPIRES, Date.from(expiresAt));
    }
    return Mono.from(tokens.insertOne(document)).thenReturn(new NewToken(token, text.text()));
  }

  /** The newest 1,000, newest first; those that ended, too. */
  Flux<Token> list() {
    return Flux.from(tokens.find().sort(Sorts.descending("createdAt", "_id")).limit(MOST_LISTED))
        .map(Tokens::token);
  }

  /** Revokes it, if it is not already; empty if there is no such token. */
  Mono<Token> revoke(String id) {
    return Mono.from(
            tokens.findOneAndUpdate(
                new Document("_id", id).append(REVOKED, new Document("$exists", false)),
                new Document("$set", new Document(REVOKED, Date.from(clock.instant()))),
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
        .switchIfEmpty(Mono.from(tokens.find(new Document("_id", id)).first()))
        .map(Tokens::token);
  }

  /** Empty if there is no such token. */
  Mono<Stored> find(String id) {
    sweep.onOccasion();
    return Mono.from(tokens.find(new Document("_id", id)).first())
        .map(document -> new Stored(token(document), document.get(HASH, "")));
  }

  /** Those that ended more than a month ago. */
  Mono<Long> deleteEnded() {
    Document longAgo = new Document("$lt", Date.from(clock.instant().minus(KEPT)));
    List<Document> ended = List.of(new Document(EXPIRES, longAgo), new Document(REVOKED, longAgo));
    return Mono.from(tokens.deleteMany(new Document("$or", ended)))
        .map(DeleteResult::getDeletedCount);
  }

  /** Whether anybody could come in by a token of the store. */
  Mono<Boolean> anyAdmin() {
    return list()
        .any(
            token ->
                token.scope() == Scope.ADMIN
                    && token.revokedAt() == null
                    && (token.expiresAt() == null || token.expiresAt().isAfter(clock.instant())));
  }

  Mono<Void> used(String id, Instant at) {
    return Mono.from(
            tokens.updateOne(
                new Document("_id", id),
                new Document("$set", new Document("lastUsedAt", Date.from(at)))))
        .then();
  }

  private static Token token(Document document) {
    return new Token(
        document.getString("_id"),
        document.getString("name"),
        document.getList("scopes", String.class).stream().map(Scope::of).toList(),
        document.getDate("createdAt").toInstant(),
        document.getString("createdBy"),
        instant(document, EXPIRES),
        instant(document, REVOKED),
        instant(document, "lastUsedAt"));
  }

  private static @Nullable Instant instant(Document document, String key) {
    Date date = document.getDate(key);
    return date == null ? null : date.toInstant();
  }
}
