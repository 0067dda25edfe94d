package io.windrow.coordinator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.coordinator.dispatch.Announcer;
import io.windrow.coordinator.dispatch.DispatchMetrics;
import io.windrow.coordinator.dispatch.Dispatcher;
import io.windrow.coordinator.dispatch.Leader;
import io.windrow.coordinator.dispatch.QueueLag;
import io.windrow.coordinator.dispatch.QueueTopics;
import io.windrow.coordinator.dispatch.Reaper;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.failpoint.FailPoint;
import io.windrow.failpoint.FailPoints;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.TopicSetup;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.TaskPool;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.NewTask;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.Terms;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * A leader that is paused in the middle of a round, for so long that another leads when it goes on.
 * The pause is a call into the other one, made exactly there.
 */
class OustedLeaderIT {
  private static final int TASKS = 5;
  private static final Duration LEADER_LEASE = Duration.ofHours(1);
  private static final Duration LEASE = Duration.ofMillis(500);
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /** The reaper judges only once it has read for a lease without a gap of a third of it. */
  private static final Duration SOON = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore server;
  private static MongoClient client;
  private static Admin admin;
  private static DefaultKafkaProducerFactory<byte[], byte[]> producers;

  private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);
  private WindrowStore store;
  private Coordinator old;
  private Coordinator next;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder);
    server = EmbeddedStore.inMemory();
    client = MongoClients.create(server.uri());
    Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
    admin = Admin.create(connection);
    producers =
        new DefaultKafkaProducerFactory<>(
            connection, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stop() {
    producers.destroy();
    admin.close();
    client.close();
    server.close();
    broker.close();
  }

  @BeforeEach
  void insert() {
    server.uri(queue);
    store = store();
    List<NewTask> tasks =
        IntStream.range(0, TASKS)
            .mapToObj(
                i ->
                    new NewTask(
                        "p",
                        "e",
                        "s",
                        i,
                        0,
                        Map.of("n", i),
                        null,
                        List.of(),
                        List.of(Stage.only(queue, Terms.DEFAULT))))
            .toList();
    store.pool().insert(tasks).block(TIMEOUT);
    old = new Coordinator("old");
    next = new Coordinator("next");
    assertThat(old.leads()).isTrue();
    assertThat(next.leads()).isFalse();
  }

  @AfterEach
  void drop() {
    old.leader.resign();
    next.leader.resign();
  }

  @Test
  void paused_before_it_asks_again_it_queues_nothing() {
    old.beforeAsking = this::takeOver;

    old.dispatcher.runOnce();

    assertThat(old.beforeAsking).as("was paused").isNull();
    assertAnnounced(TASKS);
  }

  @Test
  void paused_before_it_queues_it_finds_all_queued_and_announces_nothing() {
    old.beforeQueueing = this::takeOver;

    old.dispatcher.runOnce();

    assertThat(old.beforeQueueing).as("was paused").isNull();
    assertAnnounced(TASKS);
  }

  @Test
  void paused_between_queueing_and_announcing_it_leaves_that_to_the_next() {
    try (FailPoints.Armed armed = armedOnce(FailPoint.TASKS_QUEUED)) {
      assertThat(armed).isNotNull();
      old.dispatcher.runOnce();
    }

    assertAnnounced(TASKS);
  }

  @Test
  void paused_before_its_records_are_sent_it_repeats_what_claims_fence() {
    old.beforeSending = this::takeOver;

    old.dispatcher.runOnce();

    assertThat(old.beforeSending).as("was paused").isNull();
    List<TaskAnnounced> announced = assertAnnounced(2 * TASKS);
    assertThat(announced.stream().map(this::claim).filter(ClaimResult.Claimed.class::isInstance))
        .hasSize(TASKS);
    assertThat(announced.stream().distinct()).hasSize(TASKS);
  }

  @Test
  void paused_between_two_reapings_it_takes_nothing_more() {
    List<Claim> claims = claimAll();
    AtomicLong reaped = new AtomicLong();
    try (FailPoints.Armed armed =
        FailPoints.arm(
            point -> {
              if (point == FailPoint.TASK_REAPED && reaped.incrementAndGet() == 1) {
                old.pause();
                assertThat(next.leads()).isTrue();
              }
            })) {
      assertThat(armed).isNotNull();
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(30))
          .until(
              () -> {
                old.reaper.runOnce();
                return reaped.get() > 0;
              });
    }

    assertThat(reaped).hasValue(1);
    assertThat(claims.stream().filter(this::isHeld)).hasSize(TASKS - 1);
  }

  private boolean isHeld(Claim claim) {
    return requireNonNull(store.pool().heartbeat(claim).block(TIMEOUT));
  }

  /** The other one leads, and dispatches until everything is announced. */
  private void takeOver() {
    old.pause();
    assertThat(next.leads()).isTrue();
    // More rounds than one: what was queued and not announced is missed a little later.
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              next.dispatcher.runOnce();
              return new QueueLag(admin, TIMEOUT).of(queue) == TASKS;
            });
  }

  private FailPoints.Armed armedOnce(FailPoint at) {
    AtomicLong passes = new AtomicLong();
    return FailPoints.arm(
        point -> {
          if (point == at && passes.incrementAndGet() == 1) {
            takeOver();
          }
        });
  }

  /** Exactly so many records, after another round of both. */
  private List<TaskAnnounced> assertAnnounced(int count) {
    old.dispatcher.runOnce();
    next.dispatcher.runOnce();
    assertThat(new QueueLag(admin, TIMEOUT).of(queue)).isEqualTo(count);
    try (QueueReader reader = new QueueReader(broker.bootstrapServers(), queue)) {
      await().atMost(SOON).until(() -> reader.announcements().size() == count);
      List<TaskAnnounced> announced = reader.announcements();
      assertThat(announced.stream().map(TaskAnnounced::taskId).distinct()).hasSize(TASKS);
      return announced;
    }
  }

  private ClaimResult claim(TaskAnnounced announced) {
    return requireNonNull(
        store.pool().claim(announced.taskId(), announced.version(), "w").block(TIMEOUT));
  }

  private List<Claim> claimAll() {
    List<Task> waiting =
        requireNonNull(store.pool().runnable(queue, TASKS).collectList().block(TIMEOUT));
    return requireNonNull(store.pool().enqueue(waiting).block(TIMEOUT)).stream()
        .map(task -> store.pool().claim(task.id(), task.version(), "w").block(TIMEOUT))
        .map(result -> ((ClaimResult.Claimed) requireNonNull(result)).claim())
        .toList();
  }

  private WindrowStore store() {
    return new WindrowStore(client, queue, StoreSettings.defaults(), Clock.systemUTC());
  }

  /** One coordinator, of whose rounds the test says when they are. */
  private final class Coordinator {
    private final String name;
    private final AtomicLong pausedNanos = new AtomicLong();
    final Leader leader;
    final Dispatcher dispatcher;
    final Reaper reaper;
    Runnable beforeAsking;
    Runnable beforeQueueing;
    Runnable beforeSending;

    Coordinator(String name) {
      WindrowStore own = store();
      this.name = name;
      leader =
          new Leader(
              own.leadership(), name, LEADER_LEASE, () -> System.nanoTime() + pausedNanos.get());
      KafkaOperations<byte[], byte[]> kafka =
          hooked(KafkaOperations.class, new KafkaTemplate<>(producers), "send", this::sending);
      DispatchMetrics metrics = new DispatchMetrics(new SimpleMeterRegistry());
      dispatcher =
          new Dispatcher(
              hooked(TaskPool.class, own.pool(), "enqueue", this::queueing),
              new Announcer(kafka, new MessageCodec(), TIMEOUT),
              new QueueTopics(new TopicSetup(admin, 1, Duration.ofSeconds(15))),
              new QueueLag(admin, TIMEOUT),
              metrics,
              64,
              this::stillLeads,
              Duration.ofMillis(100),
              TIMEOUT);
      reaper = new Reaper(own.pool(), leader::active, LEASE, TIMEOUT, metrics, () -> {});
    }

    /** Its lease passes while it does nothing, by its own clock and by the store's. */
    void pause() {
      pausedNanos.addAndGet(LEADER_LEASE.toNanos());
      store.leadership().release("coordinator", name).block(TIMEOUT);
    }

    /** Asks for the lead. */
    boolean leads() {
      leader.runOnce();
      return leader.active();
    }

    private boolean stillLeads() {
      Runnable pause = beforeAsking;
      beforeAsking = null;
      run(pause);
      return leader.active();
    }

    private void queueing() {
      Runnable pause = beforeQueueing;
      beforeQueueing = null;
      run(pause);
    }

    private void sending() {
      Runnable pause = beforeSending;
      beforeSending = null;
      run(pause);
    }

    private static void run(Runnable pause) {
      if (pause != null) {
        pause.run();
      }
    }
  }

  /** An object before one of whose methods something else is called. */
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  private static <T> T hooked(Class<? super T> type, T object, String method, Runnable hook) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, args) -> {
              if (called.getName().equals(method)) {
                hook.run();
              }
              try {
                return called.invoke(object, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
