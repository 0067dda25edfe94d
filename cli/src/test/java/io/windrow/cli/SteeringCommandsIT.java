package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The commands that steer tasks, pools and queues. Each test has its own pool. */
class SteeringCommandsIT extends CoordinatorCommands {

  @Test
  void steers_single_tasks() throws IOException {
    submit("steer");
    String id = id("steer", 0);

    assertThat(done("task", "cancel", id, "--reason", "typo").out()).contains("cancelled");
    assertThat(done("task", "show", id).out()).contains("typo");
    refused(1, "is cancelled", ask("task", "cancel", id));
    assertThat(done("task", "retry", id, "--json").json().get("state").asString())
        .isEqualTo("waiting");
    refused(1, "was not retried", ask("task", "retry", id("steer", 1)));
    String other = id("steer", 2);
    assertThat(done("task", "pause", other, "--reason", "later").out()).contains("paused");
    assertThat(done("task", "show", other).out()).contains("waiting, paused");
    refused(1, "no task to run", ask("task", "fetch", "--filter", "id=" + other));
    assertThat(done("task", "resume", other).out()).contains("resumed");
    refused(1, "was not resumed", ask("task", "resume", other));
    refused(1, "There is no task 'none'", ask("task", "retry", "none"));
    refused(2, "TASK", ask("task", "pause"));
  }

  @Test
  void steers_all_tasks_of_a_pool_or_submission() throws IOException {
    submit("all");
    Path fetched = fetch("all", 0);
    done("task", "commit", fetched.toString(), "--failed", "boom", "--no-retry");

    assertThat(done("task", "retry", "--pool", "all").out()).startsWith("1 task will run again");
    String submission =
        done("status", "--json")
            .json()
            .valueStream()
            .filter(one -> one.get("pool").asString().equals("all"))
            .findFirst()
            .orElseThrow()
            .get("submission")
            .asString();
    assertThat(
            done("task", "cancel", "--submission", submission, "--json")
                .json()
                .get("tasks")
                .asInt())
        .isEqualTo(WINDOWS);
    assertThat(count("all", "cancelled")).isEqualTo(WINDOWS);
    refused(1, "There is no submission 'none'", ask("task", "cancel", "--submission", "none"));
    refused(1, "did you mean 'all'?", ask("task", "retry", "--pool", "al"));
  }

  /** What was not allowed to run is handed back for a moment. */
  private static void awaitFetched(String pool) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> ask("task", "fetch", "--pool", pool).code() == 0);
  }

  @Test
  void pauses_resumes_and_limits_pools_and_queues() throws IOException {
    submit("limit");

    assertThat(done("pool", "pause", "limit").out())
        .isEqualTo("pool limit: paused, no limit%n".formatted());
    refused(1, "No task may start now", ask("task", "fetch", "--pool", "limit"));
    assertThat(done("pool", "resume", "limit", "--json").json().get("paused").asBoolean())
        .isFalse();
    assertThat(done("pool", "limit", "limit", "1").out()).contains("at most 1 at once");
    awaitFetched("limit");
    refused(1, "No task may start now", ask("task", "fetch", "--pool", "limit"));
    done("pool", "limit", "limit", "0");
    done("queue", "limit", "limit", "1");
    refused(1, "No task may start now", ask("task", "fetch", "--pool", "limit"));
    assertThat(done("queue", "limit", "limit", "0").out()).contains("no limit");
    awaitFetched("limit");

    assertThat(done("pool", "pause", "limit", "--keep-running").out()).contains("paused");
    assertThat(count("limit", "running")).isEqualTo(2);
    refused(1, "did you mean 'limit'?", ask("pool", "pause", "limti"));
    refused(2, "max_running must be", ask("pool", "limit", "limit", "-1"));
    refused(2, "cannot be a queue", ask("queue", "limit", "No Queue", "1"));
    refused(2, "MOST", ask("pool", "limit", "limit", "many"));
  }

  @Test
  void a_pools_retention_is_told_as_it_is_typed() throws IOException {
    submit("kept");

    assertThat(done("pool", "retention", "kept").out())
        .contains("failed attempts are kept 7d, results forever");
    assertThat(done("pool", "retention", "kept", "--attempts", "36h", "--results", "90d").out())
        .contains("failed attempts are kept 1d12h, results 90d");
    assertThat(done("pool", "retention", "kept", "--results", "forever").out())
        .contains("failed attempts are kept 1d12h, results forever");
  }
}
