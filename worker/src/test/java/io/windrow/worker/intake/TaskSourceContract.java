package io.windrow.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.TopicSetup;
import io.windrow.message.Topics;
import io.windrow.worker.execute.AttemptRunner;
import io.windrow.worker.execute.Slots;
import io.windrow.worker.lease.LeaseKeeper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.publisher.Sinks;

/** What {@link TaskSource} promises, on a real broker, for each kind of it. */
abstract class TaskSourceContract {
  private static final Duration SOON = Duration.ofMinutes(3);
  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static Admin admin;
  private static TopicSetup topics;
  private static DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private static KafkaTemplate<byte[], byte[]> kafka;

  private final TaskSources.Kind kind;
  private final MessageCodec codec = new MessageCodec();
  private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);
  private final List<Worker> workers = new ArrayList<>();

  TaskSourceContract(TaskSources.Kind kind) {
    this.kind = kind;
  }

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(folder);
    admin = Admin.create(connection());
    topics = new TopicSetup(admin, 1, Duration.ofSeconds(15));
    topics.deadLetter();
    producers =
        new DefaultKafkaProducerFactory<>(
            connection(), new ByteArraySerializer(), new ByteArraySerializer());
    kafka = new KafkaTemplate<>(producers);
  }

  @AfterAll
  static void stopBroker() {
    producers.destroy();
    admin.close();
    broker.close();
  }

  @BeforeEach
  void createQueue() {
    topics.queue(queue);
  }

  @AfterEach
  void stopWorkers() throws InterruptedException {
    for (Worker worker : workers) {
      worker.stop();
    }
  }

  @Test
  void what_was_announced_before_anybody_came_runs_once() {
    ManyTasks tasks = new ManyTasks(noop(0));
    announce(20);
    announce(20);

    Worker worker = worker(tasks, 3);

    await().atMost(SOON).until(() -> worker.claims("stale") >= 20);
    await().atMost(SOON).until(() -> tasks.done.size() == 20);
    assertThat(tasks.done).doesNotHaveDuplicates();
    assertThat(worker.claims("claimed")).isEqualTo(20);
  }

  @Test
  void no_more_is_claimed_than_there_are_slots() {
    ManyTasks tasks = new ManyTasks(noop(3_600_000));
    announce(6);

    Worker worker = worker(tasks, 2);

    await().atMost(SOON).until(() -> worker.slots.busy() == 2);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(SOON)
        .until(() -> tasks.claimed.size() == 2 && worker.slots.busy() == 2);
  }

  @Test
  void many_slots_take_many_at_once_and_no_more_than_they_are() {
    ManyTasks tasks = new ManyTasks(noop(3_600_000));
    announce(60);

    Worker worker = worker(tasks, 40);

    await().atMost(SOON).until(() -> worker.slots.busy() == 40);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(SOON)
        .until(() -> tasks.claimed.size() == 40 && worker.slots.busy() == 40);
    assertThat(tasks.mostAtOnce()).as("claims side by side").isGreaterThan(1);
  }

  @Test
  void many_slots_run_each_of_many_once() {
    ManyTasks tasks = new ManyTasks(noop(0));
    announce(150);
    announce(150);

    Worker worker = worker(tasks, 40);

    await().atMost(SOON).until(() -> worker.claims("stale") >= 150);
    await().atMost(SOON).until(() -> tasks.done.size() == 150);
    assertThat(tasks.done).doesNotHaveDuplicates();
    await().atMost(SOON).until(() -> worker.slots.busy() == 0);
  }

  @Test
  void many_at_once_are_not_lost_while_the_store_is_away() {
    ManyTasks tasks = new ManyTasks(noop(0));
    tasks.away = true;
    announce(60);

    Worker worker = worker(tasks, 40);
    await().atMost(SOON).until(() -> worker.claims("error") > 1);
    tasks.away = false;

    await().atMost(SOON).until(() -> tasks.done.size() == 60);
    assertThat(tasks.done).doesNotHaveDuplicates();
  }

  @Test
  void a_store_that_is_away_delays_and_loses_nothing() {
    ManyTasks tasks = new ManyTasks(noop(0));
    tasks.away = true;
    announce(3);

    Worker worker = worker(tasks, 1);
    await().atMost(SOON).until(() -> worker.claims("error") > 0);
    tasks.away = false;

    await().atMost(SOON).until(() -> tasks.done.size() == 3);
  }

  @Test
  void what_cannot_be_decoded_is_parked_and_holds_nobody_up() {
    ManyTasks tasks = new ManyTasks(noop(0));
    kafka.send(Topics.tasks(queue), "not json".getBytes(StandardCharsets.UTF_8)).join();
    announce(1);

    Worker worker = worker(tasks, 1);

    await().atMost(SOON).until(() -> tasks.done.size() == 1);
    assertThat(worker.claims("undecodable")).isEqualTo(1);
    ConsumerRecord<byte[], byte[]> parked = lastDeadLetter();
    assertThat(new String(parked.value(), StandardCharsets.UTF_8)).isEqualTo("not json");
    assertThat(header(parked, "windrow.topic")).isEqualTo(Topics.tasks(queue));
    assertThat(header(parked, "windrow.offset")).isEqualTo("0");
    assertThat(header(parked, "windrow.reason")).contains("TaskAnnounced");
  }

  @Test
  void what_a_stopped_worker_leaves_another_takes() throws InterruptedException {
    ManyTasks tasks = new ManyTasks(noop(0));
    announce(1);
    Worker first = worker(tasks, 1);
    await().atMost(SOON).until(() -> tasks.done.size() == 1);
    first.stop();
    announce(5);
    assertThat(first.source.running()).isFalse();

    worker(tasks, 1);

    await().atMost(SOON).until(() -> tasks.done.size() == 5);
    assertThat(first.claims("claimed")).isEqualTo(1);
  }

  @Test
  void a_claim_that_is_answered_after_the_stop_is_handed_back() throws InterruptedException {
    ManyTasks tasks = new ManyTasks(noop(0));
    Sinks.Empty<Void> answered = Sinks.empty();
    tasks.claimsAnswered = answered.asMono();
    announce(2);
    Worker worker = worker(tasks, 2);
    await().atMost(SOON).until(() -> tasks.claimed.size() == 1);

    worker.source.stop(Duration.ofMillis(1));
    answered.tryEmitEmpty();

    worker.stop();
    assertThat(tasks.handedBack).hasSize(1);
    assertThat(tasks.claimed).hasSize(1);
    assertThat(tasks.done).isEmpty();
    assertThat(worker.claims("handed_back")).isEqualTo(1);
  }

  @Test
  void a_claim_that_is_answered_too_late_is_handed_back() {
    ManyTasks tasks = new ManyTasks(noop(0));
    Sinks.Empty<Void> answered = Sinks.empty();
    tasks.claimsAnswered = answered.asMono();
    announce(1);
    Worker worker = worker(tasks, 1, topics, Duration.ofSeconds(2));
    await().atMost(SOON).until(() -> worker.claims("error") >= 1);
    assertThat(tasks.handedBack).isEmpty();

    answered.tryEmitEmpty();

    await().atMost(SOON).until(() -> tasks.handedBack.size() == 1);
    assertThat(tasks.done).isEmpty();
  }

  @Test
  void what_is_announced_often_and_in_any_order_runs_once() {
    ManyTasks tasks = new ManyTasks(noop(0));
    List<TaskAnnounced> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      all.add(new TaskAnnounced(1, "task-" + i % 10 + "-".repeat(16), 7 + i % 3, "p", queue));
    }
    Collections.shuffle(all, new Random(1));
    all.forEach(each -> kafka.send(Topics.tasks(queue), codec.encode(each)).join());

    Worker worker = worker(tasks, 3);

    await().atMost(SOON).until(() -> worker.claims("stale") >= 20);
    await().atMost(SOON).until(() -> tasks.done.size() == 10);
    assertThat(tasks.done).doesNotHaveDuplicates();
    assertThat(worker.claims("claimed")).isEqualTo(10);
  }

  @Test
  void a_group_that_was_forgotten_reads_again_and_runs_nothing_twice() throws Exception {
    ManyTasks tasks = new ManyTasks(noop(0));
    announce(5);
    Worker first = worker(tasks, 1);
    await().atMost(SOON).until(() -> tasks.done.size() == 5);
    first.stop();
    await().atMost(SOON).ignoreExceptions().until(this::forgetGroup);
    announce(6);

    Worker second = worker(tasks, 1);

    await().atMost(SOON).until(() -> second.claims("stale") >= 10);
    await().atMost(SOON).until(() -> tasks.done.size() == 6);
    assertThat(tasks.done).doesNotHaveDuplicates();
  }

  /** Refused until the broker has noticed that the last member has left. */
  private boolean forgetGroup() throws Exception {
    if (kind == TaskSources.Kind.SHARE) {
      admin.deleteShareGroups(List.of(Topics.tasks(queue))).all().get();
    } else {
      admin.deleteConsumerGroups(List.of(Topics.classicGroup(queue))).all().get();
    }
    return true;
  }

  final Worker worker(ManyTasks tasks, int slots) {
    return worker(tasks, slots, topics);
  }

  final Worker worker(ManyTasks tasks, int slots, TopicSetup setup) {
    return worker(tasks, slots, setup, Duration.ofSeconds(10));
  }

  private Worker worker(ManyTasks tasks, int slots, TopicSetup setup, Duration storeTimeout) {
    Worker worker = new Worker(tasks, slots, setup, storeTimeout);
    workers.add(worker);
    worker.source.start();
    return worker;
  }

  /** As others are set up, but for how long the broker locks a record. */
  static TopicSetup locking(Duration time) {
    return new TopicSetup(admin, 1, time);
  }

  final void announce(int count) {
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TaskAnnounced message = new TaskAnnounced(1, "task-" + i + "-".repeat(16), 7, "p", queue);
      sent.add(kafka.send(Topics.tasks(queue), codec.encode(message)));
    }
    sent.forEach(CompletableFuture::join);
  }

  static Map<String, Object> noop(long sleepMillis) {
    return Map.of("noop", Map.of("sleep_ms", sleepMillis));
  }

  private ConsumerRecord<byte[], byte[]> lastDeadLetter() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            connection(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.DEAD_LETTER, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
      await()
          .atMost(SOON)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
                return !all.isEmpty()
                    && header(all.get(all.size() - 1), "windrow.topic").equals(Topics.tasks(queue));
              });
      return all.get(all.size() - 1);
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> connection() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /** The parts of a worker around one source. */
  final class Worker {
    final Slots slots;
    final TaskSources source;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LeaseKeeper leases;

    Worker(ManyTasks tasks, int slotCount, TopicSetup setup, Duration storeTimeout) {
      slots = new Slots(slotCount);
      leases = new LeaseKeeper(tasks.pool(), Duration.ofHours(2), System::nanoTime);
      AttemptRunner runner = tasks.runner(leases, meters);
      Intake intake =
          new Intake(
              codec,
              tasks.pool(),
              "w",
              slots,
              runner,
              new DeadLetters(kafka, Duration.ofSeconds(5)),
              storeTimeout,
              meters);
      source =
          new TaskSources(
              kind,
              List.of(queue),
              connection(),
              "w",
              intake,
              setup,
              new ShareConsumerMeters(new SimpleMeterRegistry()));
    }

    long claims(String result) {
      return Math.round(meters.counter("windrow.task.claims", "result", result).count());
    }

    void stop() throws InterruptedException {
      source.stop(SOON);
      assertThat(source.running()).isFalse();
      leases.drain();
      assertThat(slots.awaitIdle(SOON)).isTrue();
      leases.close();
      slots.close();
    }
  }
}
