package io.windrow.worker;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.TopicSetup;
import io.windrow.message.Topics;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.NewTask;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A broker, a store and workers of one queue. There is no coordinator: a test announces and reaps
 * as one would.
 */
final class TestCluster implements AutoCloseable {
  /** Longest wait for what takes seconds on a busy machine. */
  static final Duration SOON = Duration.ofMinutes(3);

  /** So long that nobody loses it because the machine stands still for a moment. */
  static final Duration LEASE = Duration.ofSeconds(9);

  private static final Duration CALL = Duration.ofMinutes(1);

  private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);
  private final MessageCodec codec = new MessageCodec();
  private final List<ConfigurableApplicationContext> workers = new ArrayList<>();
  private final EmbeddedStore server;
  private final EmbeddedBroker broker;
  private final KafkaProducer<byte[], byte[]> producer;
  private final MongoClient client;
  private final WindrowStore store;

  /**
   * Starts broker and store.
   *
   * @param folder of the broker
   */
  TestCluster(Path folder, EmbeddedStore server) {
    this.server = server;
    this.broker = EmbeddedBroker.start(folder);
    Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(connection)) {
      TopicSetup topics = new TopicSetup(admin, 1, LEASE);
      topics.results();
      topics.queue(queue);
    }
    this.producer =
        new KafkaProducer<>(connection, new ByteArraySerializer(), new ByteArraySerializer());
    this.client = MongoClients.create(server.uri(queue));
    this.store = new WindrowStore(client, queue, StoreSettings.defaults(), Clock.systemUTC());
  }

  WindrowStore store() {
    return store;
  }

  /** Starts a worker with the {@code noop} executor, unless the options say otherwise. */
  ConfigurableApplicationContext worker(String... options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("--server.port", "0");
    settings.put("--spring.mongodb.uri", server.uri(queue));
    settings.put("--spring.kafka.bootstrap-servers", broker.bootstrapServers());
    settings.put("--windrow.lease", LEASE.toSeconds() + "s");
    settings.put("--windrow.retry.first", "100ms");
    settings.put("--windrow.worker.queues", queue);
    settings.put("--windrow.worker.executors", "noop");
    for (String option : options) {
      String[] pair = option.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    ConfigurableApplicationContext worker =
        WorkerApplication.start(
            settings.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toArray(String[]::new));
    workers.add(worker);
    return worker;
  }

  /** Inserts tasks that differ in their number alone. */
  List<String> insert(int count, Terms terms, Map<String, Object> definition) {
    List<NewTask> tasks =
        IntStream.range(0, count).mapToObj(i -> numbered(i, terms, definition)).toList();
    store.pool().insert(tasks).block(CALL);
    return tasks.stream().map(NewTask::id).toList();
  }

  private NewTask numbered(int number, Terms terms, Map<String, Object> definition) {
    Map<String, Object> own = new LinkedHashMap<>(definition);
    own.put("number", number);
    return new NewTask(
        "pool",
        "experiment",
        "submission",
        number,
        0,
        own,
        null,
        List.of(),
        List.of(Stage.only(queue, terms)));
  }

  /** Announces up to so many tasks that may run. */
  void announce(int most) {
    store
        .pool()
        .runnable(queue, most)
        .collectList()
        .flatMap(store.pool()::enqueue)
        .block(CALL)
        .forEach(this::announce);
    producer.flush();
  }

  private void announce(Task task) {
    TaskAnnounced message =
        new TaskAnnounced(1, task.id(), task.version(), task.pool(), task.queue());
    var unused = producer.send(new ProducerRecord<>(Topics.tasks(queue), codec.encode(message)));
  }

  /** Takes tasks from workers that are silent for a lease; to be asked several times a lease. */
  void reap() {
    store.pool().reapExpired(LEASE).collectList().block(CALL);
  }

  Task task(String id) {
    return store.pool().find(id).block(CALL);
  }

  long count(TaskState state) {
    return store.pool().stat("pool").block(CALL).getOrDefault(state, 0L);
  }

  @Override
  public void close() {
    workers.forEach(ConfigurableApplicationContext::close);
    client.close();
    producer.close();
    broker.close();
    server.close();
  }
}
