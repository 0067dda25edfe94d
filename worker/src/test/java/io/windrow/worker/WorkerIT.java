package io.windrow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Recorder;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.TaskFinished;
import io.windrow.message.TopicSetup;
import io.windrow.message.Topics;
import io.windrow.message.UndecodableMessage;
import io.windrow.pool.Claim;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.Attempt;
import io.windrow.task.BackOff;
import io.windrow.task.NewTask;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole worker on a real broker and store; the test announces, as the dispatcher would. */
class WorkerIT {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final Duration CALL = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore server;
  private static Admin admin;
  private static TopicSetup topics;
  private static KafkaProducer<byte[], byte[]> producer;

  private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);
  private final MessageCodec codec = new MessageCodec();
  private final List<ConfigurableApplicationContext> workers = new ArrayList<>();
  private MongoClient client;
  private WindrowStore store;

  @BeforeAll
  static void startServers() {
    broker = EmbeddedBroker.start(folder);
    server = EmbeddedStore.inMemory();
    admin = Admin.create(connection());
    topics = new TopicSetup(admin, 1, TestCluster.LEASE);
    topics.results();
    producer =
        new KafkaProducer<>(connection(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stopServers() {
    producer.close();
    admin.close();
    server.close();
    broker.close();
  }

  @BeforeEach
  void openStore() {
    client = MongoClients.create(server.uri(queue));
    store = new WindrowStore(client, queue, StoreSettings.defaults(), Clock.systemUTC());
    topics.queue(queue);
  }

  @AfterEach
  void stop() {
    workers.forEach(ConfigurableApplicationContext::close);
    client.close();
  }

  @Test
  void tasks_are_run_recorded_and_published() throws Exception {
    List<String> ids = insert(6, 3, Map.of("sleep_ms", 20, "artifact_kb", 1));
    ConfigurableApplicationContext worker = worker("--windrow.worker.slots=2");

    List<Task> queued = enqueueRunnable();
    announce(queued);
    announce(queued);

    await().atMost(SOON).until(() -> count(TaskState.DONE) == 6);
    List<TaskFinished> results = results(6);
    assertThat(results).extracting(TaskFinished::taskId).containsExactlyInAnyOrderElementsOf(ids);
    for (TaskFinished result : results) {
      Task task = task(result.taskId());
      assertThat(result.version()).isEqualTo(task.version());
      assertThat(result.recorder()).isEqualTo(task.result().recorder());
      assertThat(result.metrics()).containsKeys("time.noop", "time.commit");
      assertThat(task.history()).extracting(Attempt::outcome).containsExactly("done");
      Recorder recorder = store.recorders().find(result.recorder()).block(CALL);
      assertThat(recorder.status()).isEqualTo(Recorder.Status.FINISHED);
      assertThat(recorder.tags()).containsKeys("worker", "host");
      assertThat(recorder.params()).containsEntry("noop.sleep_ms", "20");
      assertThat(recorder.metrics()).containsKeys("time.noop", "time.commit");
      assertThat(store.artifacts().list(recorder.id()).collectList().block(CALL))
          .extracting(ArtifactStore.Artifact::path)
          .contains("task.json", "noop.txt");
    }
    await()
        .atMost(SOON)
        .until(() -> store.pool().unpublished(Duration.ZERO, 10).collectList().block().isEmpty());
    // Each was announced twice, perhaps delivered again, and every claim has one ended attempt.
    MeterRegistry meters = worker.getBean(MeterRegistry.class);
    await().atMost(SOON).until(() -> claims(meters, "claimed") + claims(meters, "stale") >= 12);
    assertThat(claims(meters, "claimed")).isEqualTo(6);
    await().atMost(SOON).until(() -> attempts(meters) == 6);
  }

  @Test
  void a_failing_task_is_retried_and_then_fails() throws Exception {
    String id = insert(1, 2, Map.of("fail", "retryable")).get(0);
    worker();

    await()
        .atMost(SOON)
        .until(
            () -> {
              announceRunnable();
              return task(id).state() == TaskState.FAILED;
            });

    assertThat(task(id).history())
        .extracting(Attempt::outcome, Attempt::errorClass, Attempt::attempt)
        .containsExactly(tuple("retry", "IOException", 1), tuple("failed", "IOException", 2));
    assertThat(results(1))
        .extracting(TaskFinished::state, TaskFinished::recorder)
        .containsExactly(tuple(TaskState.FAILED, null));
  }

  @Test
  void an_attempt_past_its_time_out_is_stopped_and_counts_as_failed() {
    Terms terms =
        new Terms(
            2,
            new BackOff(Duration.ofMillis(10), Duration.ofMillis(10), 0),
            Duration.ofMillis(300));
    NewTask slow = task(0, Map.of("noop", Map.of("sleep_ms", 3_600_000)), terms);
    store.pool().insert(List.of(slow)).block(CALL);
    worker();

    await()
        .atMost(SOON)
        .until(
            () -> {
              announceRunnable();
              return task(slow.id()).state() == TaskState.FAILED;
            });

    assertThat(task(slow.id()).history())
        .extracting(Attempt::outcome, Attempt::errorClass, Attempt::message)
        .containsExactly(
            tuple("retry", "TimedOut", "stopped after its time-out of PT0.3S"),
            tuple("failed", "TimedOut", "stopped after its time-out of PT0.3S"));
  }

  @Test
  void a_paused_task_stops_by_a_heartbeat_and_runs_again_when_resumed() {
    String id = insert(1, 3, Map.of("sleep_ms", 3_600_000)).get(0);
    MeterRegistry meters = worker().getBean(MeterRegistry.class);
    announceRunnable();
    await().atMost(SOON).until(() -> task(id).state() == TaskState.RUNNING);

    store.pool().pause(id, "not now").block(CALL);

    await().atMost(SOON).until(() -> attempts(meters) == 1);
    assertThat(task(id).state()).isEqualTo(TaskState.WAITING);
    assertThat(task(id).attempt()).isZero();
    announceRunnable();
    assertThat(task(id).state()).isEqualTo(TaskState.WAITING);

    store.pool().resume(id).block(CALL);
    announceRunnable();
    await().atMost(SOON).until(() -> task(id).state() == TaskState.RUNNING);
    assertThat(task(id).attempt()).isEqualTo(1);
    store.pool().cancel(id, "enough").block(CALL);
    await().atMost(SOON).until(() -> attempts(meters) == 2);
  }

  @Test
  void an_attempt_that_says_nothing_shows_as_running_all_the_same() {
    String id = insert(1, 3, Map.of("sleep_ms", 3_600_000)).get(0);
    worker();
    announceRunnable();
    await().atMost(SOON).until(() -> task(id).state() == TaskState.RUNNING);

    String recorder = id.substring(0, 16) + "-" + task(id).version();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(store.recorders().find(recorder).block(CALL))
                    .extracting(Recorder::status)
                    .isEqualTo(Recorder.Status.RUNNING));
    store.pool().cancel(id, "enough").block(CALL);
    await()
        .atMost(SOON)
        .until(
            () -> store.recorders().find(recorder).block(CALL).status() == Recorder.Status.FAILED);
  }

  @Test
  void a_bad_definition_fails_at_once() {
    String id = insert(1, 3, Map.of("fail", "fatal")).get(0);
    worker();

    announceRunnable();

    await().atMost(SOON).until(() -> task(id).state() == TaskState.FAILED);
    assertThat(task(id).history()).hasSize(1);
    assertThat(task(id).history().get(0).message()).contains("fail for good");
  }

  @Test
  void a_stopped_worker_hands_back_what_it_cannot_finish() {
    String id = insert(1, 3, Map.of("sleep_ms", 3_600_000)).get(0);
    ConfigurableApplicationContext worker = worker();
    announceRunnable();
    await().atMost(SOON).until(() -> task(id).state() == TaskState.RUNNING);

    worker.close();

    Task task = task(id);
    assertThat(task.state()).isEqualTo(TaskState.WAITING);
    assertThat(task.attempt()).isZero();
    assertThat(task.history()).extracting(Attempt::outcome).containsExactly("handed_back");
    assertThat(store.recorders().list("experiment", 10).collectList().block(CALL))
        .extracting(Recorder::status)
        .containsExactly(Recorder.Status.FAILED);
  }

  @Test
  void a_stopped_worker_finishes_what_it_can() {
    String id = insert(1, 3, Map.of("sleep_ms", 5_000)).get(0);
    ConfigurableApplicationContext worker =
        worker("--windrow.worker.drain=60s", "--spring.lifecycle.timeout-per-shutdown-phase=90s");
    announceRunnable();
    await().atMost(SOON).until(() -> task(id).state() == TaskState.RUNNING);

    worker.close();

    assertThat(task(id).state()).isEqualTo(TaskState.DONE);
  }

  @Test
  void a_worker_that_was_taken_for_dead_commits_nothing() {
    String id = insert(1, 3, Map.of("sleep_ms", 3_600_000)).get(0);
    ConfigurableApplicationContext worker = worker();
    announceRunnable();
    await().atMost(SOON).until(() -> task(id).state() == TaskState.RUNNING);
    String recorder = new Claim(task(id), "").recorderId();
    await().atMost(SOON).until(() -> store.recorders().find(recorder).block(CALL) != null);

    // Shorter than the pause between two beats, longer than three times the pause between reads.
    await()
        .pollInterval(Duration.ofMillis(40))
        .atMost(SOON)
        .until(
            () ->
                !store
                    .pool()
                    .reapExpired(TestCluster.LEASE.dividedBy(5))
                    .collectList()
                    .block()
                    .isEmpty());
    long reaped = task(id).version();

    MeterRegistry meters = worker.getBean(MeterRegistry.class);
    await().atMost(SOON).until(() -> attempts(meters) == 1);
    assertThat(meters.get("windrow.commit.fenced").counter().count()).isEqualTo(1);
    assertThat(task(id).version()).isEqualTo(reaped);
    assertThat(task(id).history()).extracting(Attempt::outcome).containsExactly("expired");
    assertThat(store.artifacts().list(recorder).collectList().block(CALL)).isEmpty();
    assertThat(store.recorders().find(recorder).block(CALL).status())
        .isEqualTo(Recorder.Status.FAILED);
  }

  @Test
  void a_cancelled_task_stops_running() {
    String id = insert(1, 3, Map.of("sleep_ms", 3_600_000)).get(0);
    ConfigurableApplicationContext worker = worker();
    announceRunnable();
    await().atMost(SOON).until(() -> task(id).state() == TaskState.RUNNING);

    assertThat(store.pool().cancel(id, "no longer wanted").block(CALL)).isTrue();

    await().atMost(SOON).until(() -> attempts(worker.getBean(MeterRegistry.class)) == 1);
    assertThat(task(id).state()).isEqualTo(TaskState.CANCELLED);
  }

  @Test
  void four_slots_run_four_tasks_at_once() throws Exception {
    insert(6, 3, Map.of("sleep_ms", 3_600_000));
    ConfigurableApplicationContext worker = worker("--windrow.worker.slots=4");

    announceRunnable();

    await().atMost(SOON).until(() -> count(TaskState.RUNNING) == 4);
    await().atMost(SOON).during(Duration.ofSeconds(1)).until(() -> count(TaskState.RUNNING) == 4);
    String metrics = get(worker, "/actuator/prometheus");
    assertThat(metrics)
        .contains("windrow_worker_slots{state=\"busy\"} 4.0")
        .contains("windrow_task_claims_total{")
        .contains("windrow_task_schedule_to_start_seconds_bucket{")
        .contains("windrow_commit_fenced_total");
    assertThat(get(worker, "/actuator/health"))
        .contains("\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"")
        .contains("\"busy\":4");
  }

  @Test
  void the_engine_needs_a_data_root() {
    assertThatThrownBy(() -> worker("--windrow.worker.executors=native"))
        .rootCause()
        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
        .hasMessageContaining("windrow.data.roots");
  }

  private ConfigurableApplicationContext worker(String... options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("--server.port", "0");
    settings.put("--spring.mongodb.uri", server.uri(queue));
    settings.put("--spring.kafka.bootstrap-servers", broker.bootstrapServers());
    settings.put("--windrow.lease", TestCluster.LEASE.toSeconds() + "s");
    settings.put("--windrow.retry.first", "100ms");
    settings.put("--windrow.worker.queues", queue);
    settings.put("--windrow.worker.executors", "noop");
    settings.put("--windrow.worker.drain", "100ms");
    for (String option : options) {
      String[] pair = option.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    String[] args =
        settings.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .toArray(String[]::new);
    ConfigurableApplicationContext worker = WorkerApplication.start(args);
    workers.add(worker);
    return worker;
  }

  private List<String> insert(int count, int maxAttempts, Map<String, Object> noop) {
    Terms terms = new Terms(maxAttempts, null, null);
    List<NewTask> tasks =
        IntStream.range(0, count)
            .mapToObj(i -> task(i, Map.of("noop", noop, "number", i), terms))
            .toList();
    assertThat(store.pool().insert(tasks).block(CALL)).isEqualTo(count);
    return tasks.stream().map(NewTask::id).toList();
  }

  private NewTask task(int seq, Map<String, Object> definition, Terms terms) {
    return new NewTask(
        "pool",
        "experiment",
        "submission",
        seq,
        0,
        definition,
        null,
        List.of(),
        List.of(Stage.only(queue, terms)));
  }

  private void announceRunnable() {
    announce(enqueueRunnable());
  }

  private List<Task> enqueueRunnable() {
    return store
        .pool()
        .runnable(queue, 100)
        .collectList()
        .flatMap(store.pool()::enqueue)
        .block(CALL);
  }

  private void announce(List<Task> tasks) {
    tasks.forEach(this::announce);
    producer.flush();
  }

  private void announce(Task task) {
    TaskAnnounced message =
        new TaskAnnounced(1, task.id(), task.version(), task.pool(), task.queue());
    var unused = producer.send(new ProducerRecord<>(Topics.tasks(queue), codec.encode(message)));
  }

  private Task task(String id) {
    return store.pool().find(id).block(CALL);
  }

  private long count(TaskState state) {
    return store.pool().stat("pool").block(CALL).getOrDefault(state, 0L);
  }

  /** The results of this test's tasks, once there are so many. */
  private List<TaskFinished> results(int count) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            connection(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.RESULTS).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<TaskFinished> results = new ArrayList<>();
      await()
          .atMost(SOON)
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(
                        each -> {
                          TaskFinished result = finished(each.value());
                          assertThat(new String(each.key(), StandardCharsets.UTF_8))
                              .isEqualTo(result.taskId());
                          if (task(result.taskId()) != null) {
                            results.add(result);
                          }
                        });
                return results.size() >= count;
              });
      return results;
    }
  }

  private TaskFinished finished(byte[] bytes) {
    try {
      return codec.finished(bytes);
    } catch (UndecodableMessage e) {
      throw new AssertionError(e);
    }
  }

  private static long claims(MeterRegistry meters, String result) {
    return Math.round(meters.get("windrow.task.claims").tag("result", result).counter().count());
  }

  private static long attempts(MeterRegistry meters) {
    return meters.find("windrow.task.execution").timers().stream().mapToLong(Timer::count).sum();
  }

  private static String get(ConfigurableApplicationContext worker, String path) throws Exception {
    String port = worker.getEnvironment().getProperty("local.server.port");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static Map<String, Object> connection() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }
}
