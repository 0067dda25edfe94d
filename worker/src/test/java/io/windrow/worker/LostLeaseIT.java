package io.windrow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.task.Attempt;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** A worker that the store no longer hears. */
class LostLeaseIT {
  /**
   * The first run starts a second process; both ignore the request to end and would stay for an
   * hour. Each further run notes which of them it has met alive.
   */
  private static final String COMMAND =
      """
      cd "$1"
      if [ ! -e pids ]; then
        trap '' TERM
        sleep 3600 &
        echo $! $$ > pids
        wait
      fi
      for pid in $(cat pids); do
        [ -z "$(tr -d '\\0' < /proc/$pid/cmdline 2> /dev/null)" ] || echo $pid >> met
      done
      """;

  @Test
  void a_commands_whole_group_is_gone_before_the_task_runs_elsewhere(
      @TempDir Path folder, @TempDir Path shared) throws Exception {
    Path script = Files.writeString(shared.resolve("command.sh"), COMMAND);
    String[] options = {
      "--windrow.worker.executors=process",
      "--windrow.worker.process.folder=" + shared.resolve("work"),
      "--windrow.worker.process.grace=1h",
      "--windrow.worker.process.commands.stay.command=sh," + script + "," + shared,
      "--windrow.worker.drain=100ms"
    };
    try (TestCluster cluster = new TestCluster(folder, EmbeddedStore.inMemory())) {
      String id =
          cluster
              .insert(1, new Terms(3, null, null), Map.of("process", Map.of("command", "stay")))
              .get(0);
      ConfigurableApplicationContext cut = cluster.worker(options);
      cluster.announce(1);
      await().atMost(TestCluster.SOON).until(() -> Files.exists(shared.resolve("pids")));
      cluster.worker(options);

      cut.getBean(MongoClient.class).close();

      await()
          .atMost(TestCluster.SOON)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                cluster.reap();
                cluster.announce(1);
                return cluster.task(id).state() == TaskState.DONE;
              });
      assertThat(cluster.task(id).history())
          .extracting(Attempt::outcome)
          .containsExactly("expired", "done");
      assertThat(shared.resolve("met")).doesNotExist();
    }
  }
}
