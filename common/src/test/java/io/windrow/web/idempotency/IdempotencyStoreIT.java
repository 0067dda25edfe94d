package io.windrow.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.embedded.EmbeddedStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class IdempotencyStoreIT {
  private static final Answer ANSWER =
      new Answer(
          201,
          List.of(new Answer.Header("Content-Type", "application/json")),
          "{}".getBytes(StandardCharsets.UTF_8),
          false);

  private static EmbeddedStore embedded;
  private static MongoClient client;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private MongoDatabase database;
  private IdempotencyStore store;

  @BeforeAll
  static void start() {
    embedded = EmbeddedStore.inMemory();
    client = MongoClients.create(embedded.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    embedded.close();
  }

  @BeforeEach
  void empty() {
    database = client.getDatabase("idempotency");
    Mono.from(database.drop()).block();
    store = new IdempotencyStore(database, new Settable());
  }

  /** Tells the time that the test says. */
  private final class Settable extends Clock {
    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException("instants only");
    }
  }

  private Begun.First first(String key, String request) {
    return (Begun.First) store.begin(key, request).block();
  }

  private void pass(Duration time) {
    now.updateAndGet(was -> was.plus(time));
  }

  @Test
  void the_same_request_is_answered_alike_and_another_one_is_not() {
    Begun.First first = first("k", "r");
    assertThat(store.begin("k", "r").block()).isInstanceOf(Begun.UnderWay.class);
    assertThat(store.begin("k", "other").block()).isInstanceOf(Begun.Another.class);

    store.end("k", first.owner(), ANSWER).block();

    Begun.Answered again = (Begun.Answered) store.begin("k", "r").block();
    assertThat(again.answer()).usingRecursiveComparison().isEqualTo(ANSWER);
    assertThat(store.begin("k", "other").block()).isInstanceOf(Begun.Another.class);
  }

  @Test
  void of_many_at_the_same_moment_one_is_the_first() {
    List<Begun> begun =
        Flux.range(0, 40)
            .flatMap(i -> store.begin("k", "r").subscribeOn(Schedulers.parallel()), 40)
            .collectList()
            .block();

    assertThat(begun).hasSize(40).filteredOn(Begun.First.class::isInstance).hasSize(1);
  }

  @Test
  void a_key_is_good_for_a_day_and_swept_then() {
    store.end("k", first("k", "r").owner(), ANSWER).block();
    pass(Duration.ofHours(24).minusSeconds(1));
    assertThat(store.begin("k", "r").block()).isInstanceOf(Begun.Answered.class);

    pass(Duration.ofSeconds(1));
    assertThat(store.begin("k", "another request").block()).isInstanceOf(Begun.First.class);

    pass(Duration.ofHours(25));
    first("other", "r");

    assertThat(keys()).containsExactly("other");
  }

  @Test
  void a_request_whose_process_is_gone_may_be_tried_again_and_the_lost_one_records_nothing() {
    Begun.First lost = first("k", "r");
    pass(IdempotencyStore.LOST);
    Begun.First second = first("k", "r");

    store.end("k", lost.owner(), new Answer(200, List.of(), new byte[0], false)).block();
    store.forget("k", lost.owner()).block();
    assertThat(store.begin("k", "r").block()).isInstanceOf(Begun.UnderWay.class);

    store.end("k", second.owner(), ANSWER).block();
    assertThat(((Begun.Answered) store.begin("k", "r").block()).answer().status()).isEqualTo(201);
  }

  @Test
  void what_has_failed_may_be_tried_again() {
    store.forget("k", first("k", "r").owner()).block();

    first("k", "r");
  }

  @Test
  void a_large_answer_is_not_kept_but_that_it_was_given() {
    byte[] large = new byte[3 << 20];
    new Random(1).nextBytes(large);
    store.end("k", first("k", "r").owner(), new Answer(200, List.of(), large, false)).block();

    assertThat(store.begin("k", "r").block()).isEqualTo(new Begun.AnswerNotKept(200));
  }

  @Test
  void nor_is_one_that_must_not_be_stored() {
    HttpHeaders headers = new HttpHeaders();
    headers.setCacheControl(CacheControl.noStore());
    Answer secret = Answer.of(201, headers, "a token".getBytes(StandardCharsets.UTF_8));
    store.end("k", first("k", "r").owner(), secret).block();

    assertThat(store.begin("k", "r").block()).isEqualTo(new Begun.AnswerNotKept(201));
    assertThat(Flux.from(database.getCollection(IdempotencyStore.COLLECTION).find()).blockLast())
        .doesNotContainKey("body");
  }

  private List<String> keys() {
    return Flux.from(database.getCollection(IdempotencyStore.COLLECTION).find())
        .map((Document entry) -> entry.getString("_id"))
        .collectList()
        .block();
  }
}
