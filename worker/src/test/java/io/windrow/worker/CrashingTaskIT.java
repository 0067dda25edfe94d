package io.windrow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.windrow.embedded.EmbeddedStore;
import io.windrow.task.Attempt;
import io.windrow.task.BackOff;
import io.windrow.task.Isolation;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that kill the process they run in, and the worker beside it. */
class CrashingTaskIT {
  private static final Terms ISOLATED =
      new Terms(
          2, new BackOff(Duration.ofMillis(10), Duration.ofMillis(10), 0), null, Isolation.PROCESS);

  @Test
  void a_crash_costs_one_attempt_and_the_worker_lives(@TempDir Path folder) {
    try (TestCluster cluster = new TestCluster(folder, EmbeddedStore.inMemory())) {
      String always = insert(cluster, "segv", 2);
      String once = insert(cluster, "segv", 1);
      String hungry = insert(cluster, "oom", 1);
      // Longer than the others, in the other slot of the worker.
      String beside =
          cluster
              .insert(1, new Terms(1, null, null), Map.of("noop", Map.of("sleep_ms", 5_000)))
              .get(0);
      cluster.worker("--windrow.worker.slots=2", "--windrow.worker.isolation.heap=64MB");

      await()
          .atMost(TestCluster.SOON)
          .until(
              () -> {
                cluster.announce(4);
                return cluster.count(TaskState.DONE) + cluster.count(TaskState.FAILED) == 4;
              });

      assertThat(cluster.task(always).history())
          .extracting(Attempt::outcome, Attempt::errorClass)
          .containsExactly(tuple("retry", "NativeCrash"), tuple("failed", "NativeCrash"));
      assertThat(cluster.task(always).history().get(1).message()).contains("SIGSEGV");
      assertThat(cluster.task(always).history().get(1).logTail()).contains("Problematic frame");
      assertThat(cluster.task(once).history())
          .extracting(Attempt::outcome, Attempt::errorClass)
          .containsExactly(tuple("retry", "NativeCrash"), tuple("done", null));
      assertThat(cluster.task(hungry).history())
          .extracting(Attempt::outcome, Attempt::errorClass)
          .containsExactly(tuple("retry", "OutOfMemory"), tuple("done", null));
      assertThat(cluster.task(beside).history())
          .extracting(Attempt::outcome)
          .containsExactly("done");
    }
  }

  private static String insert(TestCluster cluster, String crash, int attempts) {
    Map<String, Object> wish = Map.of("crash", crash, "fail_attempts", attempts);
    return cluster.insert(1, ISOLATED, Map.of("noop", wish)).get(0);
  }
}
