package io.windrow.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class CollectedStoreIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Instant AT = Instant.parse("2026-01-05T08:00:00Z");

  private static EmbeddedStore server;
  private static MongoClient client;

  private CollectedStore store;

  @BeforeAll
  static void start() {
    server = EmbeddedStore.inMemory();
    client = MongoClients.create(server.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void empty() {
    String name = Objects.requireNonNull(new ConnectionString(server.uri()).getDatabase());
    MongoDatabase database = client.getDatabase(name);
    // Not only emptied: the first writes of all race for the collection as well.
    Mono.from(database.getCollection(CollectedStore.COLLECTION).drop()).block(PATIENCE);
    store = new CollectedStore(database);
  }

  @Test
  void keepsEveryField() {
    Collected outcome =
        new Collected(
            "t1",
            Long.MAX_VALUE - 1,
            TaskState.DONE,
            "pool",
            "experiment",
            "submission",
            "rec",
            Map.of("IC", 0.25, "l2.valid", Double.NaN, "best_iteration", 7.0),
            AT);
    Collected failed = new Collected("t2", 1, TaskState.FAILED, "p", "e", "s", null, Map.of(), AT);

    assertThat(upsert(outcome, failed)).isEqualTo(new UpsertCount(2, 0));

    assertThat(find("t1", "t2", "absent")).containsExactlyInAnyOrder(outcome, failed);
  }

  @Test
  void ignoresTheSameAndOlderVersions() {
    upsert(row("t", 5, "new"));

    assertThat(upsert(row("t", 5, "same"))).isEqualTo(new UpsertCount(0, 1));
    assertThat(upsert(row("t", 4, "old"))).isEqualTo(new UpsertCount(0, 1));
    assertThat(find("t")).containsExactly(row("t", 5, "new"));

    assertThat(upsert(row("t", 6, "newer"))).isEqualTo(new UpsertCount(1, 0));
    assertThat(find("t")).containsExactly(row("t", 6, "newer"));
  }

  @Test
  void takesTheNewestOfABatchWhateverTheOrder() {
    assertThat(upsert(row("t", 2, "b"), row("t", 3, "c"), row("t", 1, "a"), row("u", 1, "u")))
        .isEqualTo(new UpsertCount(2, 2));

    assertThat(find("t", "u")).containsExactlyInAnyOrder(row("t", 3, "c"), row("u", 1, "u"));
  }

  @RepeatedTest(10)
  void endsWithTheHighestVersionHoweverManyWriteAtOnce() {
    int writers = 24;
    int tasks = 40;
    List<Mono<UpsertCount>> all = new ArrayList<>();
    for (int w = 1; w <= writers; w++) {
      long version = w;
      all.add(
          store.upsert(
              IntStream.range(0, tasks)
                  .mapToObj(t -> row("t" + t, version, "w" + version))
                  .toList()));
    }

    UpsertCount total =
        Flux.merge(Flux.fromIterable(all), writers)
            .reduce(UpsertCount.NONE, UpsertCount::plus)
            .block(PATIENCE);

    assertThat(Objects.requireNonNull(total).upserted() + total.stale()).isEqualTo(writers * tasks);
    assertThat(total.upserted()).isBetween(tasks, writers * tasks);
    assertThat(find(IntStream.range(0, tasks).mapToObj(t -> "t" + t).toArray(String[]::new)))
        .hasSize(tasks)
        .allSatisfy(row -> assertThat(row.version()).isEqualTo(writers));
  }

  @Test
  void takesMoreThanOneReadHolds() {
    List<Collected> many =
        IntStream.range(0, 2_500).mapToObj(t -> row("t" + t, 1, "r" + t)).toList();

    assertThat(store.upsert(many).block(PATIENCE)).isEqualTo(new UpsertCount(2_500, 0));
    assertThat(store.upsert(many).block(PATIENCE)).isEqualTo(new UpsertCount(0, 2_500));
    assertThat(find(many.stream().map(Collected::taskId).toArray(String[]::new))).hasSize(2_500);
  }

  private UpsertCount upsert(Collected... outcomes) {
    return Objects.requireNonNull(store.upsert(List.of(outcomes)).block(PATIENCE));
  }

  private List<Collected> find(String... ids) {
    return Objects.requireNonNull(store.find(List.of(ids)).collectList().block(PATIENCE));
  }

  private static Collected row(String id, long version, String recorder) {
    return new Collected(
        id, version, TaskState.DONE, "pool", "experiment", "s", recorder, Map.of("IC", 0.1), AT);
  }
}
