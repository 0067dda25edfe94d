package io.windrow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.embedded.EmbeddedStore;
import io.windrow.task.Attempt;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** All workers are replaced one after another while there is work. */
class RollingRestartIT {
  private static final int TASKS = 300;
  private static final int WORKERS = 3;

  /**
   * Shorter than what is left of some task when its worker has left the group, so that some are
   * handed back.
   */
  private static final String[] OPTIONS = {
    "--windrow.worker.slots=8", "--windrow.worker.drain=50ms"
  };

  @Test
  void every_task_is_done_once_and_none_is_charged(@TempDir Path folder) throws Exception {
    ScheduledExecutorService dispatcher = Executors.newSingleThreadScheduledExecutor();
    try (TestCluster cluster = new TestCluster(folder, EmbeddedStore.inMemory())) {
      List<ConfigurableApplicationContext> old = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        old.add(cluster.worker(OPTIONS));
      }
      List<String> ids =
          cluster.insert(
              TASKS, new Terms(1, null, null), Map.of("noop", Map.of("sleep_ms", 3_000)));
      ScheduledFuture<?> dispatching =
          dispatcher.scheduleWithFixedDelay(
              () -> cluster.announce((int) (50 - cluster.count(TaskState.QUEUED))),
              0,
              50,
              TimeUnit.MILLISECONDS);

      for (ConfigurableApplicationContext worker : old) {
        long done = cluster.count(TaskState.DONE);
        await().atMost(TestCluster.SOON).until(() -> cluster.count(TaskState.DONE) > done);
        worker.close();
        cluster.worker(OPTIONS);
      }
      await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> dispatching.isDone() || cluster.count(TaskState.DONE) == TASKS);

      assertThat(dispatching.isDone()).as("dispatching ended").isFalse();
      int handedBack = 0;
      for (String id : ids) {
        Task task = cluster.task(id);
        List<String> outcomes = task.history().stream().map(Attempt::outcome).toList();
        handedBack += outcomes.size() - 1;
        assertThat(outcomes).last().isEqualTo("done");
        assertThat(outcomes.subList(0, outcomes.size() - 1)).allMatch("handed_back"::equals);
        assertThat(task.attempt()).isEqualTo(1);
      }
      assertThat(handedBack).as("hand-backs").isPositive();
    } finally {
      dispatcher.shutdownNow();
    }
  }
}
