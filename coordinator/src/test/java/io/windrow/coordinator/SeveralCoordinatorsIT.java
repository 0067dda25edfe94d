package io.windrow.coordinator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import io.windrow.coordinator.dispatch.Leader;
import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.workflow.MarketFolder;
import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.message.TaskAnnounced;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Three coordinators on one store and broker, with the leader's lease as it is by default. */
class SeveralCoordinatorsIT {
  private static final Logger log = LoggerFactory.getLogger(SeveralCoordinatorsIT.class);
  private static final int WINDOWS = 22;

  /**
   * What takes a second or a lease, on a machine as busy as it may be. How long it took is told.
   */
  private static final Duration SOON = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static final List<ConfigurableApplicationContext> coordinators = new ArrayList<>();

  @BeforeAll
  static void start() {
    MarketFolder.create(folder, "market", NyseCalendar.days());
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    for (int i = 0; i < 3; i++) {
      coordinators.add(
          CoordinatorApplication.start(
              "--server.port=0",
              "--spring.mongodb.uri=" + store.uri(),
              "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
              "--windrow.data.roots=" + folder,
              "--logging.level.de.bwaldvogel=ERROR",
              "--logging.level.kafka=WARN"));
    }
  }

  @AfterAll
  static void stop() {
    coordinators.forEach(ConfigurableApplicationContext::close);
    store.close();
    broker.close();
  }

  @Test
  void each_takes_workflows_and_one_at_a_time_dispatches_whoever_dies() {
    leader();
    for (int i = 0; i < coordinators.size(); i++) {
      submitAndAwaitDispatch(coordinators.get(i), "all" + i);
    }

    // Cut off from the store it can neither renew nor resign: to the others it has died.
    ConfigurableApplicationContext dead = leader();
    long cut = System.nanoTime();
    dead.getBean(MongoClient.class).close();
    coordinators.remove(dead);
    leader();
    tell("take-over after a death", cut);
    assertThat(dead.getBean(Leader.class).active()).isFalse();
    for (int i = 0; i < coordinators.size(); i++) {
      submitAndAwaitDispatch(coordinators.get(i), "left" + i);
    }

    ConfigurableApplicationContext leaving = leader();
    coordinators.remove(leaving);
    long left = System.nanoTime();
    leaving.close();
    leader();
    tell("take-over after a shutdown", left);
    submitAndAwaitDispatch(coordinators.get(0), "last");
    dead.close();
  }

  /** The one of those that are left, as soon as there is one. */
  private static ConfigurableApplicationContext leader() {
    return await().atMost(SOON).until(() -> leaders(), leaders -> leaders.size() == 1).get(0);
  }

  private static List<ConfigurableApplicationContext> leaders() {
    return coordinators.stream().filter(each -> each.getBean(Leader.class).active()).toList();
  }

  /**
   * Each task is queued exactly once, whoever took the workflow in. Its record may be repeated: on
   * a busy machine it is missed, or a leader is late.
   */
  private static void submitAndAwaitDispatch(
      ConfigurableApplicationContext coordinator, String name) {
    boolean leads = coordinator.getBean(Leader.class).active();
    int port =
        requireNonNull(
            coordinator.getEnvironment().getProperty("local.server.port", Integer.class));
    try (QueueReader queue = new QueueReader(broker.bootstrapServers(), name)) {
      long begin = System.nanoTime();
      assertThat(new Api(port).submit(workflow(name)).status()).isEqualTo(201);
      tell("accepted by the " + (leads ? "leader" : "standby"), begin);
      long accepted = System.nanoTime();
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> tasks(queue).size() >= WINDOWS);
      tell("dispatched", accepted);
      assertThat(queue.announcements().stream().distinct())
          .hasSize(WINDOWS)
          .extracting(TaskAnnounced::taskId)
          .doesNotHaveDuplicates();
    }
  }

  private static Set<String> tasks(QueueReader queue) {
    return queue.announcements().stream().map(TaskAnnounced::taskId).collect(Collectors.toSet());
  }

  private static void tell(String what, long since) {
    log.atInfo()
        .addKeyValue("what", what)
        .addKeyValue("millis", (System.nanoTime() - since) / 1_000_000)
        .log("measured");
  }

  private static String workflow(String name) {
    String file = WorkflowText.with("step: 550", "step: 42");
    file = WorkflowText.replace(file, "pool: nightly", "pool: " + name);
    file = WorkflowText.replace(file, "experiment: us-rolling", "experiment: " + name);
    return WorkflowText.replace(file, "queue: research", "queue: " + name);
  }
}
