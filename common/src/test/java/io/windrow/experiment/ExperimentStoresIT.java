package io.windrow.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.experiment.Recorder.Status;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class ExperimentStoresIT {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  private static final Instant END = Instant.parse("2026-01-05T10:00:00Z");

  private static EmbeddedStore store;
  private static MongoClient client;

  private MongoDatabase database;
  private MongoRecorderStore recorders;
  private GridFsArtifactStore artifacts;

  @BeforeAll
  static void start() {
    store = EmbeddedStore.inMemory();
    client = MongoClients.create(store.uri());
  }

  @AfterAll
  static void stop() {
    client.close();
    store.close();
  }

  @BeforeEach
  void emptyDatabase() {
    database = client.getDatabase("experiments");
    Mono.from(database.drop()).block();
    recorders = new MongoRecorderStore(database, Clock.fixed(END, ZoneOffset.UTC));
    recorders.createIndexes().block();
    artifacts = new GridFsArtifactStore(database, Clock.systemUTC());
  }

  @Test
  void recorderKeepsParamsTagsAndTheHistoryOfEachMetric() {
    recorders.begin(recorder("r1", START)).block();

    recorders.params("r1", Map.of("model.kwargs.$eta", "0.1")).block();
    recorders.tags("r1", Map.of("host", "a")).block();
    recorders
        .metrics("r1", List.of(new Metric("l2.valid", 0, 0.99), new Metric("l2.valid", 1, 0.98)))
        .block();
    recorders.metrics("r1", List.of(new Metric("Rank IC", 0, Double.NaN))).block();
    recorders.finish("r1", Status.FINISHED).block();

    Recorder found = recorders.find("r1").block();
    assertThat(found.status()).isEqualTo(Status.FINISHED);
    assertThat(found.params()).containsExactly(Map.entry("model.kwargs.$eta", "0.1"));
    assertThat(found.tags()).containsExactly(Map.entry("host", "a"));
    assertThat(found.metrics())
        .containsOnly(Map.entry("l2.valid", 0.98), Map.entry("Rank IC", Double.NaN));
    assertThat(found.startedAt()).isEqualTo(START);
    assertThat(found.endedAt()).isEqualTo(END);
    assertThat(recorders.history("r1", "l2.valid").collectList().block())
        .containsExactly(new Metric("l2.valid", 0, 0.99), new Metric("l2.valid", 1, 0.98));
  }

  @Test
  void beginningAgainChangesNothing() {
    recorders.begin(recorder("r1", START)).block();
    recorders.finish("r1", Status.FAILED).block();

    recorders.begin(recorder("r1", END)).block();

    assertThat(recorders.find("r1").block().status()).isEqualTo(Status.FAILED);
    assertThat(recorders.find("r1").block().startedAt()).isEqualTo(START);
  }

  @Test
  void recordersAreListedNewestFirst() {
    recorders.begin(recorder("old", START)).block();
    recorders.begin(recorder("new", END)).block();

    assertThat(recorders.list("exp", 10).map(Recorder::id).collectList().block())
        .containsExactly("new", "old");
  }

  @Test
  void largeArtifactComesBackByteForByte() {
    byte[] bytes = new byte[20_000_000];
    new Random(7).nextBytes(bytes);

    artifacts.put("r1", "model.txt", bytes).block();

    assertThat(artifacts.get("r1", "model.txt").block()).isEqualTo(bytes);
  }

  @Test
  void partOfAnArtifactIsReadFromTheChunksThatHoldItAlone() {
    int chunk = Content.PIECE;
    byte[] bytes = new byte[5 * chunk + 7];
    new Random(7).nextBytes(bytes);
    artifacts.put("r1", "model.txt", bytes).block();
    StoredContent stored = artifacts.stored("r1", "model.txt").block();

    for (int[] part :
        new int[][] {
          {0, 0},
          {chunk - 1, chunk},
          {chunk, 2 * chunk - 1},
          {chunk + 3, 4 * chunk + 9},
          {5 * chunk, bytes.length - 1},
          {0, bytes.length - 1}
        }) {
      byte[] read =
          new Content(part[1] - part[0] + 1, stored.read(part[0], part[1])).whole().block();
      assertThat(read).isEqualTo(Arrays.copyOfRange(bytes, part[0], part[1] + 1));
    }
    Mono.from(database.getCollection(GridFsArtifactStore.CHUNKS).deleteMany(new Document("n", 2)))
        .block();
    assertThat(stored.read(0, 9).blockLast()).isNotNull();
    assertThatThrownBy(() -> stored.read(chunk, 4L * chunk).blockLast())
        .hasMessageContaining("lacks its chunk 2");
    assertThatThrownBy(() -> stored.read(0, bytes.length))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherContentHasAnotherId() {
    artifacts.put("r1", "a", new byte[] {1}).block();
    String before = artifacts.stored("r1", "a").block().id();
    assertThat(artifacts.stored("r1", "a").block().id()).isEqualTo(before);

    artifacts.put("r1", "a", new byte[] {2}).block();

    assertThat(artifacts.stored("r1", "a").block().id()).isNotEqualTo(before);
    assertThat(artifacts.stored("r1", "b").blockOptional()).isEmpty();
  }

  @Test
  void replacedArtifactLeavesNoChunkBehind() {
    artifacts.put("r1", "pred.arrow", new byte[600_000]).block();
    artifacts.put("r1", "pred.arrow", new byte[] {1, 2, 3}).block();

    assertThat(artifacts.get("r1", "pred.arrow").block()).containsExactly(1, 2, 3);
    assertThat(artifacts.list("r1").collectList().block())
        .containsExactly(new Artifact("r1", "pred.arrow", 3));
    assertThat(chunks()).isEqualTo(1);
  }

  @Test
  void deletingTakesOneRecordersArtifactsOnly() {
    artifacts.put("r1", "sig_analysis/ic.arrow", new byte[] {1}).block();
    artifacts.put("r1", "pred.arrow", new byte[] {2}).block();
    artifacts.put("r10", "pred.arrow", new byte[] {3}).block();

    artifacts.delete("r1").block();

    assertThat(artifacts.list("r1").collectList().block()).isEmpty();
    assertThat(artifacts.get("r1", "pred.arrow").blockOptional()).isEmpty();
    assertThat(artifacts.get("r10", "pred.arrow").block()).containsExactly(3);
    assertThat(chunks()).isEqualTo(1);
  }

  private long chunks() {
    return Mono.from(database.getCollection("artifacts.chunks").countDocuments()).block();
  }

  private static Recorder recorder(String id, Instant startedAt) {
    return new Recorder(
        id, "exp", "t1", 7, Status.RUNNING, Map.of(), Map.of(), Map.of(), startedAt, null, null);
  }
}
