package io.windrow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.embedded.EmbeddedStore;
import io.windrow.fleet.KnownWorker;
import io.windrow.fleet.Presence;
import io.windrow.fleet.WorkerState;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker says that it is there, drains when it is asked to, and goes on when it is asked to. */
class DrainIT {
  private static final Duration CALL = Duration.ofMinutes(1);
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"share", "classic"})
  void a_drained_worker_finishes_takes_nothing_and_goes_on_when_asked(String source) {
    try (TestCluster cluster = new TestCluster(folder, EmbeddedStore.inMemory())) {
      cluster.worker(
          "--windrow.worker.slots=2",
          "--windrow.worker.name=w1",
          "--windrow.worker.source=" + source);
      await().atMost(TestCluster.SOON).until(() -> state(cluster) == WorkerState.LIVE);
      insert(cluster, 2, 12_000); // so long that they overlap, however slow the machine
      cluster.announce(2);
      await()
          .atMost(TestCluster.SOON)
          .untilAsserted(
              () ->
                  assertThat(known(cluster).presence())
                      .returns(2, Presence::busy)
                      .returns(2, presence -> presence.tasks().size()));

      cluster.store().workers().drain("w1", true).block(CALL);
      await().atMost(TestCluster.SOON).until(() -> cluster.count(TaskState.DONE) == 2);
      await().atMost(TestCluster.SOON).until(() -> state(cluster) == WorkerState.DRAINED);
      insert(cluster, 3, 1);
      cluster.announce(3);
      await()
          .during(Duration.ofSeconds(3))
          .atMost(TestCluster.SOON)
          .until(() -> cluster.count(TaskState.QUEUED) == 3);

      cluster.store().workers().drain("w1", false).block(CALL);
      await().atMost(TestCluster.SOON).until(() -> cluster.count(TaskState.DONE) == 5);
      await().atMost(TestCluster.SOON).until(() -> state(cluster) == WorkerState.LIVE);
    }
  }

  @Test
  void a_worker_that_stops_says_good_bye() {
    try (TestCluster cluster = new TestCluster(folder, EmbeddedStore.inMemory())) {
      ConfigurableApplicationContext worker = cluster.worker("--windrow.worker.name=w1");
      await().atMost(TestCluster.SOON).until(() -> state(cluster) == WorkerState.LIVE);

      worker.close();

      assertThat(known(cluster).left()).isTrue();
    }
  }

  /** The tasks are numbered, so that more are other ones. */
  private static List<String> insert(TestCluster cluster, int count, int millis) {
    return cluster.insert(count, Terms.DEFAULT, Map.of("noop", Map.of("sleep_ms", millis)));
  }

  private static KnownWorker known(TestCluster cluster) {
    return cluster.store().workers().find("w1").block(CALL);
  }

  private static WorkerState state(TestCluster cluster) {
    KnownWorker known = known(cluster);
    return known == null
        ? WorkerState.GONE
        : known.state(Instant.now(), TestCluster.LEASE, Duration.ofMinutes(1));
  }
}
