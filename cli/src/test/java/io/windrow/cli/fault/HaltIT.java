package io.windrow.cli.fault;

import static io.windrow.cli.fault.FaultCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.WindrowProcess;
import io.windrow.failpoint.FailPoint;
import io.windrow.failpoint.FailPoints;
import io.windrow.pool.Submission;
import io.windrow.task.TaskState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of their own that halt at a {@link FailPoint}, as a power cut would have it. */
class HaltIT {
  private static final Duration SOON = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static FaultCluster cluster;

  private final List<WindrowProcess> processes = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    cluster = new FaultCluster(folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void end() {
    processes.forEach(WindrowProcess::close);
  }

  @Test
  void a_worker_that_halts_after_the_commit_leaves_the_rest_to_the_coordinator() throws Exception {
    FaultWorkflow workflow = workflow("halt-worker");
    String coordinator = coordinator();
    WindrowProcess halting = worker(workflow, FailPoint.TASK_COMMITTED);
    halting.awaitLine("worker ");

    submit(coordinator, workflow);

    assertThat(halting.exitCode()).isEqualTo(FailPoints.EXIT_CODE);
    assertThat(cluster.tasks(workflow.name())).anyMatch(task -> task.state() == TaskState.DONE);
    worker(workflow);
    awaitEnd(workflow);
  }

  @Test
  void a_coordinator_that_halts_before_it_announces_leaves_it_to_the_next() throws Exception {
    FaultWorkflow workflow = workflow("halt-dispatch");
    worker(workflow);
    WindrowProcess halting = coordinator(FailPoint.TASKS_QUEUED);
    try {
      submit(halting.awaitLine("coordinator "), workflow);
    } catch (IOException e) {
      // It has announced before it could answer: tasks are dispatched as soon as they are there.
    }

    assertThat(halting.exitCode()).isEqualTo(FailPoints.EXIT_CODE);
    assertThat(cluster.tasks(workflow.name()))
        .isNotEmpty()
        .allMatch(task -> task.state() == TaskState.QUEUED);
    coordinator();
    awaitEnd(workflow);
  }

  @Test
  void a_coordinator_that_halts_in_the_middle_of_a_submission_leaves_it_to_the_next() {
    FaultWorkflow workflow = workflow("halt-submission");
    worker(workflow);
    WindrowProcess halting = coordinator(FailPoint.SUBMISSION_BATCH_INSERTED);
    String address = halting.awaitLine("coordinator ");

    assertThatThrownBy(() -> submit(address, workflow)).isInstanceOf(IOException.class);

    assertThat(halting.exitCode()).isEqualTo(FailPoints.EXIT_CODE);
    Submission half = submission(workflow);
    assertThat(half.state()).isEqualTo(Submission.State.INSERTING);
    assertThat(cluster.collection(half.id()).get("complete").asBoolean()).isFalse();
    coordinator();
    awaitEnd(workflow);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(submission(workflow).state()).isEqualTo(Submission.State.INSERTED));
  }

  private void awaitEnd(FaultWorkflow workflow) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(() -> cluster.assertEndedOnce(workflow.name(), List.of()));
  }

  private static Submission submission(FaultWorkflow workflow) {
    return get(
        cluster
            .store()
            .submissions()
            .list(100)
            .filter(submission -> submission.pool().equals(workflow.name()))
            .single());
  }

  private static FaultWorkflow workflow(String name) {
    FaultWorkflow workflow = FaultWorkflow.slow(name, 50);
    workflow.writeMarket(cluster.root, workflow.days());
    return workflow;
  }

  private void submit(String coordinator, FaultWorkflow workflow)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(coordinator + "/api/v1/submissions"))
            .header("Content-Type", "application/yaml")
            .POST(HttpRequest.BodyPublishers.ofString(workflow.text()))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private String coordinator() {
    return start("coordinator", List.of(), List.of()).awaitLine("coordinator ");
  }

  private WindrowProcess coordinator(FailPoint halt) {
    return start("coordinator", halting(halt), List.of());
  }

  private WindrowProcess worker(FaultWorkflow workflow) {
    return start("worker", List.of(), ofWorker(workflow));
  }

  private WindrowProcess worker(FaultWorkflow workflow, FailPoint halt) {
    return start("worker", halting(halt), ofWorker(workflow));
  }

  private static List<String> ofWorker(FaultWorkflow workflow) {
    return List.of("--queue=" + workflow.name(), "--windrow.worker.executors=noop");
  }

  private static List<String> halting(FailPoint point) {
    return List.of("-D" + FailPoints.PROPERTY + "=" + point.name().toLowerCase(Locale.ROOT));
  }

  private WindrowProcess start(String role, List<String> options, List<String> more) {
    List<String> args = new ArrayList<>();
    args.add(role);
    args.add("--port=0");
    args.add("--mongodb=" + cluster.uri());
    args.add("--kafka=" + cluster.bootstrap());
    args.add("--data-root=" + cluster.root);
    args.add("--windrow.lease=3s");
    args.addAll(more);
    if (role.equals("coordinator")) {
      args.add("--windrow.coordinator.leader-lease=2s");
      args.add("--windrow.coordinator.publish-after=1s");
      args.add("--windrow.coordinator.resume-after=1s");
      args.add("--windrow.coordinator.dispatch.reannounce-after=1s");
    }
    String name = role + "-" + processes.size() + "-" + System.nanoTime();
    WindrowProcess process =
        WindrowProcess.start(folder, name, options, args.toArray(String[]::new));
    processes.add(process);
    return process;
  }
}
