package io.windrow.coordinator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.coordinator.Api.Answer;
import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.pool.Claim;
import io.windrow.pool.ClaimResult;
import io.windrow.store.WindrowStore;
import io.windrow.task.FailureKind;
import io.windrow.task.NewTask;
import io.windrow.task.Outcome;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Retry, cancel, pause and limits through the API, with the dispatcher at work. */
class SteeringIT {
  private static final Duration SOON = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static WindrowStore store;
  private static RunningCoordinator coordinator;
  private static Api api;

  @BeforeAll
  static void start() {
    coordinator = RunningCoordinator.start(folder);
    api = coordinator.api();
    store = coordinator.tasks();
  }

  @AfterAll
  static void stop() {
    coordinator.close();
  }

  @Test
  void failures_of_a_pool_are_replayed_and_dispatched_again() {
    List<String> ids = insert("replay", 3);
    end(ids.get(0), new Outcome.Failed(FailureKind.FATAL, "Boom", "broken", ""));
    end(ids.get(1), new Outcome.Succeeded(Map.of()));

    assertThat(api.post("/api/v1/pools/replay/retry").json().get("tasks").asInt()).isEqualTo(1);

    await().atMost(SOON).until(() -> task(ids.get(0)).state() == TaskState.QUEUED);
    assertThat(task(ids.get(0)).history()).hasSize(1);
    Answer done = api.post("/api/v1/tasks/" + ids.get(1) + "/retry");
    assertThat(done.status()).isEqualTo(409);
    assertThat(done.type()).isEqualTo("application/problem+json");
    assertThat(done.json().get("state").asString()).isEqualTo("done");
    assertThat(done.json().get("detail").asString()).contains("only a failed or cancelled task");
  }

  @Test
  void one_task_is_cancelled_and_retried() {
    String id = insert("single", 1).get(0);

    Answer cancelled = api.post("/api/v1/tasks/" + id + "/cancel?reason=typo");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.json().get("state").asString()).isEqualTo("cancelled");
    assertThat(task(id).history().get(0).message()).isEqualTo("typo");
    assertThat(api.post("/api/v1/tasks/" + id + "/cancel").status()).isEqualTo(409);

    assertThat(api.post("/api/v1/tasks/" + id + "/retry").json().get("state").asString())
        .isEqualTo("waiting");
    await().atMost(SOON).until(() -> task(id).state() == TaskState.QUEUED);
  }

  @Test
  void a_paused_pool_loses_what_runs_and_what_is_claimed_late() {
    List<String> ids = insert("pause", 4);
    Claim running = claim(ids.get(0));

    Answer paused = api.post("/api/v1/pools/pause/pause");
    assertThat(paused.json().get("paused").asBoolean()).isTrue();

    await().atMost(SOON).until(() -> states("pause").equals(Map.of(TaskState.WAITING, 4L)));
    assertThat(store.pool().heartbeat(running).block()).isFalse();
    assertThat(task(ids.get(0)).attempt()).isZero();

    api.post("/api/v1/pools/pause/resume");
    await().atMost(SOON).until(() -> states("pause").equals(Map.of(TaskState.QUEUED, 4L)));
  }

  @Test
  void a_pool_may_be_paused_so_that_what_runs_ends() {
    List<String> ids = insert("keep", 2);
    Claim running = claim(ids.get(0));

    api.post("/api/v1/pools/keep/pause?running=keep");

    assertThat(store.pool().heartbeat(running).block()).isTrue();
    assertThat(api.post("/api/v1/pools/keep/pause?running=kill").status()).isEqualTo(400);
  }

  @Test
  void a_single_task_is_paused_and_resumed() {
    String id = insert("hold", 1).get(0);

    Answer paused = api.post("/api/v1/tasks/" + id + "/pause");

    assertThat(paused.json().get("paused").asBoolean()).isTrue();
    assertThat(paused.json().get("state").asString()).isEqualTo("waiting");
    assertThat(api.post("/api/v1/tasks/" + id + "/pause").status()).isEqualTo(409);
    assertThat(api.post("/api/v1/tasks/" + id + "/resume").status()).isEqualTo(200);
    await().atMost(SOON).until(() -> task(id).state() == TaskState.QUEUED);
  }

  @Test
  void limits_bound_what_is_announced() {
    api.put("/api/v1/queues/limit/limit?max_running=2");
    insert("limit", 5);

    await()
        .atMost(SOON)
        .until(() -> states("limit").equals(Map.of(TaskState.QUEUED, 2L, TaskState.WAITING, 3L)));
    assertThat(api.put("/api/v1/pools/limit/limit?max_running=4").json().get("maxRunning").asInt())
        .isEqualTo(4);
    assertThat(api.put("/api/v1/queues/limit/limit?max_running=-1").status()).isEqualTo(400);
    api.put("/api/v1/queues/limit/limit?max_running=0");
    await()
        .atMost(SOON)
        .until(() -> states("limit").equals(Map.of(TaskState.QUEUED, 4L, TaskState.WAITING, 1L)));
  }

  @Test
  void windows_run_one_after_another_and_end_with_the_one_that_fails() {
    JsonNode receipt = api.submit(chain("chain", "{task: previous, when: IC > 0}")).json();
    List<String> ids =
        store.submissions().find(receipt.get("submission").asString()).block().taskIds();
    assertThat(ids).hasSizeGreaterThan(3);

    end(ids.get(0), new Outcome.Succeeded(Map.of("IC", 0.1)));
    await().atMost(SOON).until(() -> task(ids.get(1)).state() == TaskState.QUEUED);
    assertThat(task(ids.get(2)).blocked()).isTrue();
    end(ids.get(1), new Outcome.Failed(FailureKind.FATAL, "Boom", "broken", ""));

    await().atMost(SOON).until(() -> task(ids.get(ids.size() - 1)).state() == TaskState.CANCELLED);
    JsonNode view = api.get("/api/v1/tasks/" + ids.get(2)).json();
    assertThat(view.get("history").get(0).get("message").asString())
        .isEqualTo("depends on the success of task " + ids.get(1) + ", which is failed");

    api.post("/api/v1/tasks/" + ids.get(1) + "/retry");
    await().atMost(SOON).until(() -> task(ids.get(ids.size() - 1)).blocked());
    await().atMost(SOON).until(() -> task(ids.get(1)).state() == TaskState.QUEUED);
  }

  @Test
  void dependencies_that_are_not_there_or_make_a_cycle_are_rejected() {
    String nobody = "0123456789abcdef".repeat(4);
    Answer dangling = api.submit(chain("dangling", "{task: " + nobody + "}"));
    assertThat(dangling.status()).isEqualTo(400);
    assertThat(dangling.json().get("problems").get(0).get("path").asString())
        .isEqualTo("windrow.depends_on.0.task");
    assertThat(dangling.text()).contains("there is no task " + nobody);

    JsonNode receipt = api.submit(chain("circle", "{task: previous}")).json();
    String own =
        store.submissions().find(receipt.get("submission").asString()).block().taskIds().get(1);
    Answer cycle = api.submit(chain("circle", "{task: " + own + "}"));
    assertThat(cycle.status()).isEqualTo(400);
    assertThat(cycle.text()).contains("makes a cycle: " + own + " -> " + own);
  }

  /** A workflow whose windows depend on something. */
  private static String chain(String name, String dependency) {
    String file =
        WorkflowText.with("    max_attempts: 2\n", "    depends_on: [" + dependency + "]\n");
    file = WorkflowText.replace(file, "step: 550", "step: 200");
    file = WorkflowText.replace(file, "pool: nightly", "pool: " + name);
    file = WorkflowText.replace(file, "experiment: us-rolling", "experiment: " + name);
    return WorkflowText.replace(file, "queue: research", "queue: " + name);
  }

  @Test
  void what_is_not_there_is_not_found() {
    for (String path :
        List.of("/tasks/f00d/retry", "/pools/nobody/retry", "/submissions/f00d/cancel")) {
      assertThat(api.post("/api/v1" + path).status()).as(path).isEqualTo(404);
    }
    assertThat(api.put("/api/v1/pools/nobody/limit?max_running=2").status()).isEqualTo(404);
  }

  private static List<String> insert(String name, int count) {
    List<NewTask> tasks =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new NewTask(
                        name,
                        name,
                        "submission",
                        i,
                        0,
                        Map.of("n", i),
                        null,
                        List.of(),
                        List.of(Stage.only(name, Terms.DEFAULT))))
            .toList();
    store.pool().insert(tasks).block();
    return new ArrayList<>(tasks.stream().map(NewTask::id).toList());
  }

  private static Claim claim(String id) {
    await().atMost(SOON).until(() -> task(id).state() == TaskState.QUEUED);
    ClaimResult result = store.pool().claim(id, task(id).version(), "w").block();
    return ((ClaimResult.Claimed) requireNonNull(result)).claim();
  }

  private static void end(String id, Outcome outcome) {
    store.pool().commit(claim(id), outcome).block();
  }

  private static Task task(String id) {
    return requireNonNull(store.pool().find(id).block());
  }

  private static Map<TaskState, Long> states(String pool) {
    return requireNonNull(store.pool().stat(pool).block());
  }
}
