package io.windrow.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.coordinator.Api.Answer;
import io.windrow.message.DeadLetter;
import io.windrow.message.TopicSetup;
import io.windrow.message.Topics;
import io.windrow.store.WindrowStore;
import io.windrow.task.NewTask;
import io.windrow.task.Stage;
import io.windrow.task.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Dead letters and retention through the API. */
class HousekeepingApiIT {
  @TempDir static Path folder;
  private static RunningCoordinator coordinator;
  private static Api api;

  @BeforeAll
  static void start() {
    coordinator = RunningCoordinator.start(folder);
    api = coordinator.api();
  }

  @AfterAll
  static void stop() {
    coordinator.close();
  }

  @Test
  void dead_letters_are_listed_and_sent_again_once_each_to_its_topic() {
    new TopicSetup(coordinator.context().getBean(Admin.class), 1, Duration.ofSeconds(15))
        .queue("replayed");
    park("windrow.results", "no json");
    park("windrow.tasks.replayed", "neither\u0007");
    park("somebody.elses", "not ours");

    JsonNode letters = api.get("/api/v1/dead-letters").json();
    assertThat(letters.size()).isEqualTo(3);
    assertThat(letters.get(0).get("topic").asString()).isEqualTo("windrow.results");
    assertThat(letters.get(0).get("position").asString()).isEqualTo("2:17");
    assertThat(letters.get(0).get("reason").asString()).isEqualTo("not JSON");
    assertThat(letters.get(1).get("text").asString()).isEqualTo("neither\uFFFD");
    assertThat(api.get("/api/v1/dead-letters?limit=2").json().size()).isEqualTo(2);
    assertThat(api.get("/api/v1/dead-letters?limit=0").status()).isEqualTo(400);

    JsonNode replay = api.post("/api/v1/dead-letters/replay").json();

    assertThat(replay.get("sent").asInt()).isEqualTo(2);
    assertThat(replay.get("dropped").asInt()).isEqualTo(1);
    assertThat(values(Topics.RESULTS)).containsExactly("no json");
    assertThat(values("windrow.tasks.replayed")).containsExactly("neither\u0007");
    assertThat(api.get("/api/v1/dead-letters").json().size()).isZero();
    assertThat(api.post("/api/v1/dead-letters/replay").json().get("sent").asInt()).isZero();
  }

  @Test
  void a_pools_retention_is_shown_and_changed() {
    WindrowStore store = coordinator.tasks();
    store.pool().insert(List.of(task())).block();

    String path = "/api/v1/pools/kept/retention";
    assertThat(retention(api.get(path))).containsExactly("PT168H", "forever");
    assertThat(retention(api.put(path + "?results=90d"))).containsExactly("PT168H", "PT2160H");
    assertThat(retention(api.put(path + "?attempts=12h"))).containsExactly("PT12H", "PT2160H");
    assertThat(store.retention().find("kept").block().attempts()).isEqualTo(Duration.ofHours(12));
    assertThat(retention(api.put(path + "?results=forever"))).containsExactly("PT12H", "forever");
    Answer shorter = api.put(path + "?results=1h");
    assertThat(shorter.status()).isEqualTo(400);
    assertThat(shorter.json().get("detail").asString()).contains("shorter than failed attempts");
    assertThat(api.put(path + "?attempts=soon").json().get("detail").asString())
        .contains("attempts must be a time as in 12h or 90d, not 'soon'");
    assertThat(api.get("/api/v1/pools/ketp/retention").status()).isEqualTo(404);
  }

  private static List<String> retention(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return List.of(
        answer.json().get("attempts").asString(), answer.json().get("results").asString());
  }

  private static NewTask task() {
    return new NewTask(
        "kept",
        "exp",
        "submission",
        0,
        0,
        Map.of("noop", Map.of()),
        null,
        List.of(),
        List.of(Stage.only("default", Terms.DEFAULT)));
  }

  private static void park(String topic, String value) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(topic, 2, 17, new byte[0], value.getBytes(UTF_8));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(connection(), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(DeadLetter.of(record, "not JSON")).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> values(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            connection(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(each -> each).sum();
      List<String> values = new ArrayList<>();
      while (values.size() < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> values.add(new String(record.value(), UTF_8)));
      }
      return values;
    }
  }

  private static Map<String, Object> connection() {
    return Map.of("bootstrap.servers", coordinator.broker().bootstrapServers());
  }
}
