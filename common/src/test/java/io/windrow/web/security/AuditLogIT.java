package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.embedded.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** How long the audit log remembers. */
class AuditLogIT {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration KEPT = Duration.ofDays(365);

  @Test
  void an_entry_goes_when_it_was_kept_long_enough() {
    try (EmbeddedStore store = EmbeddedStore.inMemory();
        MongoClient client = MongoClients.create(store.uri())) {
      MongoDatabase database = client.getDatabase("windrow");
      AuditLog early = logAt(database, NOW.minus(KEPT));
      String old = write(early, NOW.minus(KEPT).minusSeconds(1));
      String kept = write(early, NOW.minus(KEPT));

      assertThat(logAt(database, NOW.minusSeconds(1)).deleteOld().block()).isZero();
      assertThat(ids(early)).containsExactly(kept, old);

      String fresh = write(logAt(database, NOW), NOW);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(ids(early)).containsExactly(fresh, kept));
    }
  }

  private static AuditLog logAt(MongoDatabase database, Instant now) {
    return new AuditLog(database, KEPT, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static String write(AuditLog log, Instant at) {
    String id = ObjectId.getSmallestWithDate(Date.from(at)).toHexString();
    log.write(
            new AuditEntry(
                id, at, "coordinator", "token", "a", "anna", "::1", "POST", "/", Map.of(), 200))
        .block();
    return id;
  }

  private static List<String> ids(AuditLog log) {
    List<String> ids = log.list(10, null).map(AuditEntry::id).collectList().block();
    assertThat(ids).isNotNull();
    return ids;
  }
}
