package io.windrow.cli.fault;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.collector.CollectorApplication;
import io.windrow.collector.intake.Collected;
import io.windrow.collector.intake.CollectedStore;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.experiment.Recorder;
import io.windrow.pool.Submission;
import io.windrow.pool.TaskQuery;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.Attempt;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A broker, a store and a collector for faults to be tried on, and what must hold when all is over.
 */
final class FaultCluster implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MANY = 10_000;

  private final EmbeddedBroker broker;
  private final EmbeddedStore server = EmbeddedStore.inMemory();
  private final MongoClient client = MongoClients.create(server.uri());
  private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private final HttpClient http = HttpClient.newHttpClient();
  private ConfigurableApplicationContext collector;
  final Path root;
  final Admin admin;
  final KafkaTemplate<byte[], byte[]> kafka;

  FaultCluster(Path folder) {
    root = folder.resolve("data");
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    admin = Admin.create(connection());
    Map<String, Object> impatient =
        Map.of("bootstrap.servers", bootstrap(), ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
    producers =
        new DefaultKafkaProducerFactory<>(
            impatient, new ByteArraySerializer(), new ByteArraySerializer());
    kafka = new KafkaTemplate<>(producers);
    store().createIndexes().block();
    collector = startCollector();
  }

  /** The store as a process sees it that has just started. */
  WindrowStore store() {
    StoreSettings settings =
        new StoreSettings(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(100));
    return new WindrowStore(client, EmbeddedStore.DATABASE, settings, Clock.systemUTC());
  }

  String uri() {
    return server.uri();
  }

  String bootstrap() {
    return broker.bootstrapServers();
  }

  Map<String, Object> connection() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  void restartCollector() {
    collector.close();
    collector = startCollector();
  }

  /** It hears of results from the topic alone: nothing is reconciled but at its start. */
  private ConfigurableApplicationContext startCollector() {
    return CollectorApplication.start(
        "--server.port=0",
        "--spring.mongodb.uri=" + uri(),
        "--spring.kafka.bootstrap-servers=" + bootstrap(),
        "--spring.main.register-shutdown-hook=false",
        "--windrow.data.roots=" + root,
        "--windrow.collector.reconcile-every=1h",
        "--logging.level.root=ERROR");
  }

  /**
   * Asserts that all tasks of a pool have ended well and once, whatever happened on the way.
   *
   * @param submissions whose collections must be complete
   */
  void assertEndedOnce(String pool, List<String> submissions) {
    WindrowStore store = store();
    List<Task> tasks = tasks(pool);
    assertThat(tasks).isNotEmpty();
    for (String id : submissions) {
      Submission submission = get(store.submissions().find(id));
      assertThat(submission.state()).isEqualTo(Submission.State.INSERTED);
      assertThat(tasks).extracting(Task::id).containsAll(submission.taskIds());
    }
    for (Task task : tasks) {
      if (task.state() == TaskState.CANCELLED && task.supersededBy() != null) {
        continue;
      }
      assertThat(task.state()).isEqualTo(TaskState.DONE);
      assertThat(task.history().stream().map(Attempt::outcome).filter("done"::equals)).hasSize(1);
      assertRecorders(store, task);
      List<Collected> collected =
          get(new CollectedStore(store.database()).find(List.of(task.id())).collectList());
      assertThat(collected)
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.version()).isEqualTo(task.version());
                assertThat(row.recorder()).isEqualTo(requireNonNull(task.result()).recorder());
              });
    }
    assertThat(get(store.pool().unpublished(Duration.ZERO, MANY).collectList())).isEmpty();
    for (String id : submissions) {
      JsonNode collection = collection(id);
      assertThat(collection.get("complete").asBoolean()).as(collection.toString()).isTrue();
    }
  }

  /** One finished recorder for each stage, and every other attempt's failed. */
  private static void assertRecorders(WindrowStore store, Task task) {
    Set<String> kept = new HashSet<>();
    task.earlier().stream().map(TaskResult::recorder).forEach(kept::add);
    kept.add(requireNonNull(task.result()).recorder());
    assertThat(kept).hasSize(task.asked().stages().size());
    List<Recorder> recorders =
        get(store.recorders().list(task.experiment(), MANY).collectList()).stream()
            .filter(recorder -> recorder.taskId().equals(task.id()))
            .toList();
    assertThat(recorders).extracting(Recorder::id).containsAll(kept);
    assertThat(recorders)
        .allSatisfy(
            recorder ->
                assertThat(recorder.status())
                    .isEqualTo(
                        kept.contains(recorder.id())
                            ? Recorder.Status.FINISHED
                            : Recorder.Status.FAILED));
  }

  List<Task> tasks(String pool) {
    return new ArrayList<>(
        get(store().pool().find(new TaskQuery(pool, null, Set.of(), MANY)).collectList()));
  }

  JsonNode collection(String submission) {
    String port = collector.getEnvironment().getRequiredProperty("local.server.port");
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/collections/" + submission);
    try {
      return JSON.readTree(
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static <T> T get(Mono<T> one) {
    return requireNonNull(one.block(Duration.ofMinutes(1)));
  }

  @Override
  public void close() {
    collector.close();
    producers.destroy();
    admin.close();
    client.close();
    server.close();
    broker.close();
  }
}
