package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.experiment.Recorder;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.data.CsvImporter;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.Attempt;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A workflow of three stages on two queues, from the YAML to the collection: one trains, one
 * predicts with its model, and one is a command whose first attempt fails.
 */
class StagesIT {
  private static final Duration SOON = Duration.ofMinutes(4);
  private static final Duration CALL = Duration.ofMinutes(1);

  private static final String STAGES =
      """
        stages:
          - {name: train, task: {record: []}}
          - {name: predict, task: {model: "<recorder:previous_stage>"}}
          - name: report
            queue: reports
            process: {command: report}
            task: {model: __DROP__}
            retry: {max_attempts: 2, first: 1s}
      """;

  private static final String REPORT =
      """
      import windrow_task as windrow
      task = windrow.task()
      if task.attempt == 1:
          windrow.fail("the first attempt fails", retryable=True)
      assert task.stage == "report" and [stage.name for stage in task.stages] == ["train", "predict"]
      assert "IC" in task.previous.metrics
      with open(task.previous.artifact("pred.arrow"), "rb") as predictions:
          size = len(predictions.read())
      with open(task.stages[0].artifact("model.txt")) as model, open("copy.txt", "w") as copy:
          copy.write(model.read())
      windrow.artifact("copy.txt")
      windrow.result({"bytes": size})
      """;

  @TempDir Path folder;

  @Test
  void stages_run_on_their_queues_and_a_failed_one_is_tried_again_alone() throws Exception {
    Python.required();
    SampleMarket.write(folder.resolve("csv"), 8);
    Path data = folder.resolve("data");
    new CsvImporter(CsvImporter.BAR_FIELDS, false, CsvImporter.Progress.NONE)
        .run(folder.resolve("csv"), data);
    String workflow = SampleMarket.workflow(data).replaceAll("step: \\d+", "step: 200") + STAGES;
    Path script = Files.writeString(folder.resolve("report.py"), REPORT);
    LocalCluster.Plan plan =
        new LocalCluster.Plan(
            folder.resolve("cluster"), false, List.of(data), 1, 1, LocalCluster.Ports.any());
    try (LocalCluster cluster = LocalCluster.start(plan);
        ConfigurableApplicationContext reporter =
            Python.worker(cluster, data, "reports", "report", script, folder.resolve("work"));
        MongoClient client = MongoClients.create(cluster.mongodb())) {
      assertThat(reporter.isRunning()).isTrue();
      CoordinatorClient coordinator =
          new CoordinatorClient(Endpoint.coordinator(cluster.coordinator()));
      WindrowStore store =
          new WindrowStore(client, "windrow", StoreSettings.defaults(), Clock.systemUTC());

      String submission = coordinator.submit(workflow).submission();
      await().atMost(SOON).until(() -> coordinator.submission(submission).ended());

      List<String> done =
          coordinator.tasks(submission, "done", 100).stream().map(task -> task.id()).toList();
      assertThat(done).as("%s", coordinator.tasks(submission, "failed", 1)).hasSize(2);
      done.forEach(id -> ranInStages(store, store.pool().find(id).block(CALL)));
      collected(cluster, submission);
    }
  }

  private static void ranInStages(WindrowStore store, Task task) {
    assertThat(task.history())
        .extracting(Attempt::stage, Attempt::attempt, Attempt::outcome)
        .containsExactly(
            tuple("train", 1, "part_done"),
            tuple("predict", 1, "part_done"),
            tuple("report", 1, "retry"),
            tuple("report", 2, "done"));
    TaskResult trained = task.earlier().get(0);
    TaskResult predicted = task.earlier().get(1);
    assertThat(trained.metrics()).containsKey("best_iteration").doesNotContainKey("IC");
    assertThat(task.result().metrics())
        .containsKeys("best_iteration", "bytes")
        .containsEntry("IC", predicted.metrics().get("IC"));

    task.earlier()
        .forEach(
            stage ->
                assertThat(store.recorders().find(stage.recorder()).block(CALL).status())
                    .isEqualTo(Recorder.Status.FINISHED));
    Recorder last = store.recorders().find(task.result().recorder()).block(CALL);
    assertThat(last.previous()).isEqualTo(predicted.recorder());
    assertThat(last.params()).containsEntry("process.command", "report");
    assertThat(store.artifacts().list(last.id()).collectList().block(CALL))
        .extracting(Artifact::path, Artifact::recorder)
        .contains(
            tuple("copy.txt", last.id()),
            tuple("pred.arrow", predicted.recorder()),
            tuple("model.txt", predicted.recorder()));
    assertThat(text(store, last.id(), "copy.txt"))
        .isEqualTo(text(store, trained.recorder(), "model.txt"));
  }

  private static void collected(LocalCluster cluster, String submission) {
    CollectorClient collector = new CollectorClient(Endpoint.collector(cluster.collector()));
    await().atMost(SOON).until(() -> collector.collection(submission).complete());
    var series = ArrowTables.read(collector.table(submission, 0, "pred", false)).series();
    assertThat(series.size()).isEqualTo(8 * series.dayCount()).isPositive();
  }

  private static String text(WindrowStore store, String recorder, String path) {
    return new String(
        Objects.requireNonNull(store.artifacts().get(recorder, path).block(CALL)),
        StandardCharsets.UTF_8);
  }
}
