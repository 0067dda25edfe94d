package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.Collection.Window;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.client.TaskView;
import io.windrow.quant.arrow.ArrowTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broker and store in one process, a coordinator, two workers and a collector each in its own, all
 * from the packaged jar; one worker is killed in the middle of a task.
 */
class ClusterIT {
  /** Short, so that the killed worker's task is soon somebody else's. */
  private static final String LEASE = "--windrow.lease=3s";

  @Test
  void a_killed_worker_costs_one_lease_and_the_collection_is_complete(@TempDir Path folder)
      throws Exception {
    Path data = folder.resolve("data");
    SampleMarket.write(folder.resolve("csv"), 20);
    WindrowProcess imported =
        WindrowProcess.run(
            folder, "import", "import-csv", folder.resolve("csv").toString(), data.toString());
    assertThat(imported.exitCode()).as(imported.errors()).isZero();
    Path workflow = Files.writeString(folder.resolve("workflow.yaml"), SampleMarket.workflow(data));

    try (WindrowProcess services =
        WindrowProcess.start(
            folder, "services", "services", "--kafka-port", "0", "--mongodb-port", "0")) {
      String mongodb = services.awaitLine("mongodb ");
      String kafka = services.awaitLine("kafka ");
      String[] addresses = {"--mongodb", mongodb, "--kafka", kafka, "--port", "0", LEASE};
      String[] rooted = with(addresses, "--data-root", data.toString());
      try (WindrowProcess coordinator = role(folder, "coordinator", "coordinator", rooted);
          WindrowProcess collector = role(folder, "collector", "collector", addresses);
          WindrowProcess one = role(folder, "one", "worker", with(rooted, "--name", "one"));
          WindrowProcess two = role(folder, "two", "worker", with(rooted, "--name", "two"))) {
        String coordinatorAddress = coordinator.awaitLine("coordinator ");
        String collectorAddress = collector.awaitLine("collector ");
        one.awaitLine("worker ");
        two.awaitLine("worker ");

        WindrowProcess submit =
            WindrowProcess.run(
                folder,
                "submit",
                "submit",
                workflow.toString(),
                "--coordinator",
                coordinatorAddress);
        assertThat(submit.exitCode()).as(submit.errors()).isZero();
        String submission = submit.printed("submission ").replaceAll(":.*", "");
        CoordinatorClient client = new CoordinatorClient(Endpoint.coordinator(coordinatorAddress));

        killWhileRunning(one, client, submission);

        WindrowProcess wait =
            WindrowProcess.run(
                folder, "wait", "wait", submission, "--coordinator", coordinatorAddress);
        assertThat(wait.exitCode()).as(wait.output() + wait.errors()).isZero();
        SubmissionView ended = client.submission(submission);
        assertThat(ended.tasks()).isGreaterThan(20);
        assertThat(ended.count("done")).isEqualTo(ended.tasks());

        CollectorClient results = new CollectorClient(Endpoint.collector(collectorAddress));
        await("the collection")
            .atMost(Duration.ofMinutes(3))
            .until(() -> results.collection(submission).complete());
        WindrowProcess collect =
            WindrowProcess.run(
                folder,
                "collect",
                "collect",
                submission,
                "--out",
                folder.resolve("out").toString(),
                "--collector",
                collectorAddress);
        assertThat(collect.exitCode()).as(collect.errors()).isZero();
        Collection collection = results.collection(submission);
        assertThat(collection.collected()).isEqualTo(ended.tasks());
        List<Window> windows = collection.groups().get(0).windows();
        assertThat(windows).extracting(Window::worker).contains("one", "two");
        assertThat(
                ArrowTables.read(Files.readAllBytes(folder.resolve("out/pred.arrow")))
                    .series()
                    .dayCount())
            .isEqualTo((int) collection.groups().get(0).days());
        assertThat(client.tasks(submission, "done", 100))
            .as("the killed worker's task was taken from it")
            .anySatisfy(
                task -> {
                  assertThat(task.history()).hasSizeGreaterThan(1);
                  assertThat(task.history().get(0)).containsEntry("worker", "one");
                });

        assertThat(two.stop()).as(two.errors()).isEqualTo(143);
        assertThat(two.errors()).doesNotContain("\tat ");
      }
    }
  }

  /** After it has finished a task, and while it runs another. */
  private static void killWhileRunning(
      WindrowProcess worker, CoordinatorClient client, String submission) {
    await("worker one is at work in the middle of it")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                client.tasks(submission, "done", 100).stream().anyMatch(ClusterIT::byOne)
                    && client.tasks(submission, "running", 100).stream()
                        .map(TaskView::worker)
                        .anyMatch("one"::equals));
    worker.kill();
  }

  private static boolean byOne(TaskView task) {
    return !task.history().isEmpty() && "one".equals(task.history().get(0).get("worker"));
  }

  private static WindrowProcess role(Path folder, String name, String role, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = role;
    System.arraycopy(args, 0, all, 1, args.length);
    return WindrowProcess.start(folder, name, all);
  }

  private static String[] with(String[] args, String... more) {
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }
}
