package io.windrow.cli.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.cli.chaos.History.Answer;
import io.windrow.cli.chaos.History.End;
import io.windrow.cli.chaos.History.Left;
import io.windrow.cli.chaos.History.Ran;
import io.windrow.cli.chaos.History.Told;
import io.windrow.cli.chaos.History.Try;
import io.windrow.cli.client.CollectorClient;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskFinished;
import io.windrow.message.Topics;
import io.windrow.message.UndecodableMessage;
import io.windrow.pool.TaskQuery;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a run has left in store and broker. Artifacts are read as they lie there, all at once:
 * asking for thousands one by one is slow on the embedded server.
 */
final class Evidence {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int BATCH = 200;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StoreWatch store;
  private final String kafka;

  /**
   * @param kafka the broker's host and port
   */
  Evidence(StoreWatch store, String kafka) {
    this.store = store;
    this.kafka = kafka;
  }

  /** The tasks. */
  List<Ran> tasks() {
    WindrowStore windrow =
        new WindrowStore(
            store.client(), EmbeddedStore.DATABASE, StoreSettings.defaults(), Clock.systemUTC());
    return Objects.requireNonNull(
        windrow
            .pool()
            .find(new TaskQuery(Workload.POOL, null, Set.of(), Integer.MAX_VALUE))
            .map(Evidence::ran)
            .collectList()
            .block(PATIENCE));
  }

  private static Ran ran(Task task) {
    TaskResult result = task.result();
    return new Ran(
        task.id(),
        Wish.of((Map<?, ?>) Objects.requireNonNull(task.definition().get("noop"))),
        task.terms().maxAttempts(),
        new End(task.state().word(), task.version(), result == null ? null : result.recorder()),
        task.history().stream()
            .map(
                one ->
                    new Try(
                        one.attempt(),
                        one.worker(),
                        one.startedAt(),
                        one.endedAt(),
                        one.outcome(),
                        one.errorClass()))
            .toList());
  }

  /** What the collector has. */
  List<Told> collected() {
    return all("collected").stream()
        .map(
            row ->
                new Told(
                    row.getString("_id"),
                    new End(
                        row.getString("state"),
                        row.get("version", Number.class).longValue(),
                        row.getString("recorder"))))
        .toList();
  }

  /** What the collector answers about submissions. */
  static List<Answer> collections(CollectorClient collector, Collection<String> submissions) {
    return submissions.stream()
        .map(collector::collection)
        .map(answer -> new Answer(answer.submission(), answer.collected(), answer.missing().size()))
        .toList();
  }

  /** The recorders and what is in them. */
  List<Left> recorders() {
    Map<ObjectId, String> names = new HashMap<>();
    Map<String, Map<String, Long>> artifacts = new HashMap<>();
    for (Document file : all("artifacts.files")) {
      String name = file.getString("filename");
      names.put(file.getObjectId("_id"), name);
      // What is there counts, not what the file says of itself; one without bytes is there, too.
      if (file.get("length", Number.class).longValue() == 0) {
        add(artifacts, name, 0);
      }
    }
    Map<String, Integer> attempts = new HashMap<>();
    Map<String, Long> versions = new HashMap<>();
    for (Document chunk : all("artifacts.chunks")) {
      String name = names.get(chunk.getObjectId("files_id"));
      if (name == null) {
        continue; // of an upload that was cut off
      }
      byte[] bytes = chunk.get("data", Binary.class).getData();
      add(artifacts, name, bytes.length);
      String recorder = name.substring(0, name.indexOf('/'));
      if (name.endsWith("/noop.txt")) {
        attempts.put(
            recorder, Integer.valueOf(new String(bytes, UTF_8).replace("attempt", "").strip()));
      } else if (name.endsWith("/task.json")) {
        versions.put(recorder, JSON.readTree(bytes).path("version").asLong());
      }
    }
    return all("recorders").stream()
        .map(
            recorder ->
                left(
                    recorder.getString("_id"),
                    recorder,
                    artifacts.getOrDefault(recorder.getString("_id"), Map.of()),
                    attempts.get(recorder.getString("_id")),
                    versions.get(recorder.getString("_id"))))
        .toList();
  }

  private static void add(Map<String, Map<String, Long>> artifacts, String name, long bytes) {
    int slash = name.indexOf('/');
    artifacts
        .computeIfAbsent(name.substring(0, slash), recorder -> new HashMap<>())
        .merge(name.substring(slash + 1), bytes, Long::sum);
  }

  private static Left left(
      String id,
      Document recorder,
      Map<String, Long> artifacts,
      @Nullable Integer attempt,
      @Nullable Long version) {
    return new Left(
        id,
        recorder.getString("taskId"),
        recorder.getString("status"),
        artifacts,
        attempt,
        version);
  }

  private List<Document> all(String collection) {
    return Objects.requireNonNull(
        Flux.from(store.database().getCollection(collection).find().batchSize(BATCH))
            .collectList()
            .block(PATIENCE));
  }

  /** All results that were published, repetitions included. */
  List<Told> published() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    List<Told> published = new ArrayList<>();
    MessageCodec codec = new MessageCodec();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.RESULTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          published.add(told(codec.finished(record.value())));
        }
      }
    } catch (UndecodableMessage e) {
      throw new IllegalStateException("a result on " + Topics.RESULTS + " cannot be read", e);
    }
    return published;
  }

  private static Told told(TaskFinished finished) {
    return new Told(
        finished.taskId(),
        new End(finished.state().word(), finished.version(), finished.recorder()));
  }
}
