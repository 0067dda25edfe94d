package io.windrow.web.security;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.result.DeleteResult;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Who changed what and when, in the collection {@code audit}. Nothing in it is ever changed; what
 * was kept long enough is deleted when new entries come.
 */
public final class AuditLog {
  private static final String COLLECTION = "audit";

  private final MongoCollection<Document> entries;
  private final Duration kept;
  private final Clock clock;
  private final Sweep sweep;

  /**
   * @param database with majority writes
   * @param kept how long an entry is kept
   */
  AuditLog(MongoDatabase database, Duration kept, Clock clock) {
    this.entries = database.getCollection(COLLECTION);
    this.kept = kept;
    this.clock = clock;
    this.sweep = new Sweep(COLLECTION, this::deleteOld, clock);
  }

  /**
   * The newest, newest first; those of the same second in any order, which stays the same.
   *
   * @param before an entry's id: only what is older than that; null for the newest
   * @throws IllegalArgumentException if that is no id of an entry
   */
  public Flux<AuditEntry> list(int limit, @Nullable String before) {
    if (before != null && !ObjectId.isValid(before)) {
      throw new IllegalArgumentException(
          "after must be the id of an entry, as the header Windrow-Next gives it.");
    }
    Bson filter = before == null ? new Document() : Filters.lt("_id", new ObjectId(before));
    return Flux.from(entries.find(filter).sort(Sorts.descending("_id")).limit(limit))
        .map(AuditLog::entry);
  }

  /** A new entry's id. */
  static String newId() {
    return new ObjectId().toHexString();
  }

  Mono<Void> write(AuditEntry entry) {
    // Names of path variables are this program's own; the values may hold anything.
    List<Document> target =
        new TreeMap<>(entry.target())
            .entrySet().stream()
                .map(each -> new Document("name", each.getKey()).append("value", each.getValue()))
                .toList();
    Document document =
        new Document("_id", new ObjectId(entry.id()))
            .append("at", Date.from(entry.at()))
            .append("role", entry.role())
            .append("kind", entry.kind())
            .append("caller", entry.caller())
            .append("name", entry.name())
            .append("from", entry.from())
            .append("method", entry.method())
            .append("path", entry.path())
            .append("target", target)
            .append("status", entry.status());
    return Mono.from(entries.insertOne(document))
        .doOnSuccess(inserted -> sweep.onOccasion())
        .then();
  }

  /** What was kept long enough; an id begins with the time it was made. */
  Mono<Long> deleteOld() {
    ObjectId first = ObjectId.getSmallestWithDate(Date.from(clock.instant().minus(kept)));
    return Mono.from(entries.deleteMany(new Document("_id", new Document("$lt", first))))
        .map(DeleteResult::getDeletedCount);
  }

  private static AuditEntry entry(Document document) {
    Map<String, String> target =
        document.getList("target", Document.class).stream()
            .collect(
                Collectors.toMap(each -> each.getString("name"), each -> each.getString("value")));
    return new AuditEntry(
        document.getObjectId("_id").toHexString(),
        document.getDate("at").toInstant(),
        document.getString("role"),
        document.getString("kind"),
        document.getString("caller"),
        document.getString("name"),
        document.getString("from"),
        document.getString("method"),
        document.getString("path"),
        target,
        document.getInteger("status"));
  }
}
