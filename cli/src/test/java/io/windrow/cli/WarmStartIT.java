package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.client.TaskView;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.experiment.Recorder;
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
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows that go on from the model before, and models that are read, from YAML to collection. */
class WarmStartIT {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final Duration CALL = Duration.ofMinutes(1);
  private static final Path EXAMPLE =
      Path.of("../examples/rolling-warm-start.yaml").toAbsolutePath().normalize();

  @TempDir static Path folder;

  @Test
  void windows_go_on_from_the_one_before_and_others_read_their_models() throws Exception {
    SampleMarket.write(folder.resolve("csv"), 8);
    Path data = folder.resolve("data");
    new CsvImporter(CsvImporter.BAR_FIELDS, false, CsvImporter.Progress.NONE)
        .run(folder.resolve("csv"), data);
    String workflow = workflow(data);
    LocalCluster.Plan plan =
        new LocalCluster.Plan(
            folder.resolve("cluster"), false, List.of(data), 1, 2, LocalCluster.Ports.any());
    try (LocalCluster cluster = LocalCluster.start(plan);
        MongoClient client = MongoClients.create(cluster.mongodb())) {
      WindrowStore store =
          new WindrowStore(client, "windrow", StoreSettings.defaults(), Clock.systemUTC());
      CoordinatorClient coordinator =
          new CoordinatorClient(Endpoint.coordinator(cluster.coordinator()));

      String warm = coordinator.submit(workflow).submission();
      List<Task> tasks = done(coordinator, store, warm);
      chained(store, tasks);
      collected(cluster, warm, tasks.size());

      String last = tasks.get(tasks.size() - 1).id();
      String reading = coordinator.submit(reading(workflow, last)).submission();
      for (Task task : done(coordinator, store, reading)) {
        readsFrom(store, task, tasks.get(tasks.size() - 1));
      }

      assertThatThrownBy(() -> coordinator.submit(reading(workflow, "0".repeat(64))))
          .hasMessageContaining("there is no task 000")
          .hasMessageContaining("line ");
    }
  }

  /** Each window has the trees of the one before, then its own. */
  private static void chained(WindrowStore store, List<Task> tasks) {
    assertThat(tasks).hasSize(7);
    assertThat(trees(store, tasks.get(0))).hasSizeGreaterThanOrEqualTo(1);
    assertThat(recorder(store, tasks.get(0)).params()).doesNotContainKey("started_from");
    for (int i = 1; i < tasks.size(); i++) {
      Task before = tasks.get(i - 1);
      List<String> old = trees(store, before);
      List<String> trees = trees(store, tasks.get(i));
      assertThat(trees).hasSizeGreaterThan(old.size()).startsWith(old.toArray(String[]::new));
      assertThat(tasks.get(i).result().metrics().get("best_iteration"))
          .isEqualTo((double) trees.size());
      assertThat(recorder(store, tasks.get(i)).params())
          .containsEntry("started_from", before.result().recorder() + "/model.txt");
    }
  }

  private static void readsFrom(WindrowStore store, Task task, Task model) {
    assertThat(recorder(store, task).params())
        .containsEntry("loaded_from", model.result().recorder() + "/model.txt");
    assertThat(task.result().metrics())
        .containsKeys("time.load", "IC")
        .doesNotContainKey("time.train");
    assertThat(trees(store, task)).isEqualTo(trees(store, model));
  }

  private static void collected(LocalCluster cluster, String submission, int windows) {
    CollectorClient collector = new CollectorClient(Endpoint.collector(cluster.collector()));
    await().atMost(SOON).until(() -> collector.collection(submission).complete());
    Collection.Group group = collector.collection(submission).groups().get(0);
    assertThat(group.key()).containsExactly("LGBModel");
    assertThat(group.windows()).hasSize(windows);
  }

  private static List<Task> done(
      CoordinatorClient coordinator, WindrowStore store, String submission) {
    await().atMost(SOON).until(() -> coordinator.submission(submission).ended());
    assertThat(coordinator.tasks(submission, "failed", 3))
        .extracting(TaskView::lastMessage)
        .isEmpty();
    return coordinator.tasks(submission, "done", 100).stream()
        .map(view -> store.pool().find(view.id()).block(CALL))
        .sorted(Comparator.comparing(task -> task.asked().seq()))
        .toList();
  }

  private static Recorder recorder(WindrowStore store, Task task) {
    return store.recorders().find(task.result().recorder()).block(CALL);
  }

  private static List<String> trees(WindrowStore store, Task task) {
    String text =
        new String(
            store.artifacts().get(task.result().recorder(), "model.txt").block(CALL),
            StandardCharsets.UTF_8);
    String trees = text.substring(text.indexOf("\nTree=") + 1, text.indexOf("end of trees"));
    return List.of(trees.strip().split("\n\n\n", -1));
  }

  /** The example on the sample market's days. */
  private static String workflow(Path data) throws IOException {
    return Files.readString(EXAMPLE)
        .replace("~/windrow-data/demo", data.toString())
        .replace("start_time: 2017-01-01", "start_time: 2018-01-01")
        .replace("end_time: 2023-12-31", "end_time: 2020-12-31")
        .replace("[2017-01-03, 2018-12-31]", "[2018-04-02, 2018-12-31]")
        .replace("[2019-01-02, 2019-12-31]", "[2019-01-02, 2019-06-24]")
        .replace("[2020-01-02, 2023-12-29]", "[2019-07-01, 2020-12-31]");
  }

  private static String reading(String workflow, String task) {
    int begin = workflow.indexOf("  model:\n");
    return workflow.substring(0, begin)
        + "  model: <recorder:"
        + task
        + ">\n\n"
        + workflow.substring(workflow.indexOf("  dataset:\n"));
  }
}
