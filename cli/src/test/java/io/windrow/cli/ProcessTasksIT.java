package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.cli.Terminal.Seen;
import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.client.TaskView;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.data.CsvImporter;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Tasks that a Python command runs, from the YAML through broker and store to the collection. */
class ProcessTasksIT {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final Duration CALL = Duration.ofMinutes(1);
  private static final Path EXAMPLES = Path.of("../examples/process").toAbsolutePath().normalize();

  @TempDir static Path folder;

  @BeforeAll
  static void needsPython() throws InterruptedException {
    Python.required();
  }

  @Test
  void a_workflow_in_plain_python_is_run_and_collected() throws Exception {
    SampleMarket.write(folder.resolve("csv"), 8);
    Path data = folder.resolve("data");
    new CsvImporter(CsvImporter.BAR_FIELDS, false, CsvImporter.Progress.NONE)
        .run(folder.resolve("csv"), data);
    String workflow = workflow(data);
    LocalCluster.Plan plan =
        new LocalCluster.Plan(
            folder.resolve("cluster"), false, List.of(data), 1, 1, LocalCluster.Ports.any());
    try (LocalCluster cluster = LocalCluster.start(plan);
        ConfigurableApplicationContext worker =
            Python.worker(
                cluster,
                data,
                "python",
                "train-plain",
                EXAMPLES.resolve("train_plain.py"),
                folder.resolve("work"));
        MongoClient client = MongoClients.create(cluster.mongodb())) {
      assertThat(worker.isRunning()).isTrue();
      WindrowStore store =
          new WindrowStore(client, "windrow", StoreSettings.defaults(), Clock.systemUTC());
      CoordinatorClient coordinator =
          new CoordinatorClient(Endpoint.coordinator(cluster.coordinator()));

      String submission = coordinator.submit(workflow).submission();
      String unknown =
          coordinator
              .submit(workflow.replace("command: train-plain", "command: absent"))
              .submission();

      SubmissionView ended = ended(coordinator, submission);
      assertThat(ended.count("done")).as("%s", messages(coordinator, submission)).isEqualTo(7);
      collected(cluster, submission);
      for (TaskView view : coordinator.tasks(submission, "done", 100)) {
        stored(store, view);
        JsonNode log = coordinator.ask("tasks/" + view.id() + "/logs", Map.of("attempt", "1"));
        assertThat(log.path("source").asString()).isEqualTo("command");
        assertThat(log.path("outcome").asString()).isEqualTo("done");
        assertThat(log.path("text").asString()).contains("progress 100 %");
      }

      String at = "--coordinator=" + cluster.coordinator();
      assertThat(ended(coordinator, unknown).count("failed")).isEqualTo(7);
      assertThat(coordinator.tasks(unknown, "failed", 100))
          .allSatisfy(
              task -> {
                assertThat(task.history()).hasSize(1);
                assertThat(task.lastMessage())
                    .contains("this worker declares no command 'absent', it has [train-plain]");
                Seen logs = Terminal.run("task", "logs", task.id(), at);
                assertThat(logs.out()).contains("declares no command 'absent'");
                assertThat(Terminal.run("task", "logs", "-f", task.id(), at).err())
                    .contains("attempt 1 ended: failed");
                assertThat(Terminal.run("task", "logs", task.id(), "--attempt=9", at).err())
                    .contains("has no attempt 9");
              });
    }
  }

  private static void collected(LocalCluster cluster, String submission) {
    CollectorClient collector = new CollectorClient(Endpoint.collector(cluster.collector()));
    await().atMost(SOON).until(() -> collector.collection(submission).complete());
    Collection.Group group = collector.collection(submission).groups().get(0);
    assertThat(group.key()).containsExactly("PlainRidge");
    assertThat(group.windows()).hasSize(7);
    assertThat(group.statistics().get("IC")).isBetween(-0.2, 0.2);
    var series = ArrowTables.read(collector.table(submission, 0, "pred", false)).series();
    assertThat(series.dayCount()).isEqualTo((int) group.days());
    assertThat(series.size()).isEqualTo(8 * series.dayCount());
  }

  private static void stored(WindrowStore store, TaskView view) {
    Task task = store.pool().find(view.id()).block(CALL);
    assertThat(task.result().metrics()).containsKeys("IC", "Rank IC", "l2.train", "time.process");
    String recorder = task.result().recorder();
    assertThat(store.artifacts().list(recorder).map(Artifact::path).collectList().block(CALL))
        .containsExactlyInAnyOrder(
            "label.arrow",
            "model.json",
            "pred.arrow",
            "process.log",
            "sig_analysis/ic.arrow",
            "task.json");
    assertThat(store.recorders().find(recorder).block(CALL).params())
        .contains(entry("process.command", "train-plain"), entry("lookbacks", "1,5,10,20"));
    assertThat(text(store, recorder, "model.json")).contains("\"weights\"");
    assertThat(text(store, recorder, "process.log")).contains("progress 100 %");
  }

  private static String text(WindrowStore store, String recorder, String path) {
    return new String(store.artifacts().get(recorder, path).block(CALL), StandardCharsets.UTF_8);
  }

  private static SubmissionView ended(CoordinatorClient coordinator, String submission) {
    await().atMost(SOON).until(() -> coordinator.submission(submission).ended());
    return coordinator.submission(submission);
  }

  private static List<String> messages(CoordinatorClient coordinator, String submission) {
    return coordinator.tasks(submission, "failed", 3).stream().map(TaskView::lastMessage).toList();
  }

  /** The example on the sample market's days. */
  private static String workflow(Path data) throws IOException {
    return Files.readString(EXAMPLES.resolve("rolling-plain-python.yaml"))
        .replace("~/windrow-data/demo", data.toString())
        .replace("[2017-01-03, 2018-12-31]", "[2018-04-02, 2019-06-28]")
        .replace("[2020-01-02, 2023-12-29]", "[2019-07-01, 2020-12-31]")
        .replace("pool: plain-python", "queue: python");
  }
}
