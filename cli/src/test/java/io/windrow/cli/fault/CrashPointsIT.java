package io.windrow.cli.fault;

import static io.windrow.cli.fault.FaultCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.coordinator.workflow.WorkflowSource;
import io.windrow.failpoint.FailPoint;
import io.windrow.message.Topics;
import io.windrow.pool.BulkResult;
import io.windrow.pool.ControlResult;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.pool.Replacement;
import io.windrow.pool.TaskPool;
import io.windrow.pool.TaskSelection;
import io.windrow.store.WindrowStore;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.worker.intake.TaskSources;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/**
 * Somebody stops at each {@link FailPoint}, for good: what is under way there is never finished and
 * never unwound. What others come by later must bring every task to its one end. A point that is
 * added is tried as well, and fails here as long as nothing passes it. Those of housekeeping are in
 * {@code HousekeepingIT}.
 */
class CrashPointsIT {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Set<FailPoint> WORKER =
      EnumSet.range(FailPoint.INTAKE_CLAIMED, FailPoint.DISCARD_RECORDER_FAILED);
  private static final Set<FailPoint> COLLECTOR =
      EnumSet.range(FailPoint.RECORDS_PARKED, FailPoint.RESULTS_COLLECTED);

  @TempDir static Path folder;
  private static FaultCluster cluster;

  private final List<String> submissions = new ArrayList<>();
  private FaultWorkflow workflow;
  private Stops stops;
  private CoordinatorLife coordinator;
  private WorkerLife worker;
  private boolean provoked;

  @BeforeAll
  static void start() {
    cluster = new FaultCluster(folder);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void end() throws InterruptedException {
    stops.close();
    if (worker != null) {
      worker.close();
    }
  }

  @ParameterizedTest
  @EnumSource(to = "RESULTS_COLLECTED")
  void whoever_stops_here_leaves_what_the_others_mend(FailPoint point) {
    workflow = workflow(point);
    workflow.writeMarket(cluster.root, workflow.days());
    coordinator = coordinator();
    stops = new Stops(before(point));
    prepare(point);
    worker = worker(point == FailPoint.DISCARD_HANDED_BACK);

    awaitEnd(point);
  }

  /** Tasks were removed, and their workflow is submitted again. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "SUBMISSION_BEGUN",
        "SUBMISSION_BATCH_INSERTED",
        "SUBMISSION_TASKS_INSERTED",
        "WINDOWS_INSERTED"
      })
  void whoever_stops_here_in_a_second_submission_leaves_what_the_others_mend(FailPoint point) {
    workflow = FaultWorkflow.of("again_" + point.name().toLowerCase(Locale.ROOT));
    workflow.writeMarket(cluster.root, workflow.days());
    coordinator = coordinator();
    stops = new Stops(List.of());
    submit();
    assertThat(get(cluster.store().manager().remove(TaskSelection.ofPool(workflow.name()), false)))
        .extracting(BulkResult::changed)
        .isEqualTo(workflow.windows());
    stops.close();
    stops = new Stops(List.of(point));
    submit();
    worker = worker(false);

    awaitEnd(point);
  }

  private void awaitEnd(FailPoint point) {
    await()
        .dontCatchUncaughtExceptions() // that is how those threads end
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              coordinator.round(point != FailPoint.DISCARD_HANDED_BACK || stops.left().isEmpty());
              provoke(point);
              for (FailPoint met : stops.takeMet()) {
                mourn(met);
              }
              assertThat(stops.left()).as("points nobody has passed").isEmpty();
              cluster.assertEndedOnce(workflow.name(), submissions);
            });
  }

  /** The points to stop at: where one lies on the way of a repair, something breaks first. */
  private static List<FailPoint> before(FailPoint point) {
    return switch (point) {
      case TASK_REAPED -> List.of(FailPoint.RECORDER_BEGUN, point);
      case RECORDERS_CLOSED -> List.of(FailPoint.TASK_COMMITTED, point);
      case RESULTS_PUBLISHED -> List.of(FailPoint.RECORDER_FINISHED, point);
      case TASKS_ANNOUNCED_AGAIN -> List.of(FailPoint.TASKS_QUEUED, point);
      default -> List.of(point);
    };
  }

  private static FaultWorkflow workflow(FailPoint point) {
    String name = point.name().toLowerCase(Locale.ROOT);
    return switch (point) {
      case DISCARD_BEGUN, DISCARD_RECORDER_FAILED, TASK_RECALLED ->
          FaultWorkflow.wide(name, 6, 1_500);
      case DISCARD_HANDED_BACK -> FaultWorkflow.slow(name, 2_500);
      // Without stages, so that the first outcome is one that must be published.
      case TASK_COMMITTED, RECORDER_FINISHED, RESULTS_PUBLISHED -> FaultWorkflow.slow(name, 0);
      case WINDOW_SUPERSEDED, REPLACED_TASK_CANCELLED -> FaultWorkflow.open(name);
      default -> FaultWorkflow.of(name);
    };
  }

  /** Submits, and does what must be done before anything runs. */
  private void prepare(FailPoint point) {
    submit();
    switch (point) {
      case WINDOW_SUPERSEDED -> {
        workflow.writeMarket(cluster.root, workflow.days() + 5);
        submit();
      }
      case REPLACED_TASK_CANCELLED -> {
        CoordinatorLife.unlessStopped(this::replaceFirst);
        assertThat(replaceFirst()).isInstanceOf(Replacement.Replaced.class);
      }
      case RECORDS_PARKED ->
          cluster.kafka.send(Topics.RESULTS, "not json".getBytes(StandardCharsets.UTF_8)).join();
      default -> {}
    }
  }

  private Replacement replaceFirst() {
    Task first = cluster.tasks(workflow.name()).get(0);
    Map<String, Object> definition = new HashMap<>(first.definition());
    definition.put("noop", Map.of("sleep_ms", 1));
    return get(cluster.store().manager().replace(first.id(), definition));
  }

  private void submit() {
    WorkflowSource source = WorkflowSource.of(workflow.text());
    submissions.add(get(coordinator.submissions().preview(source)).id());
    CoordinatorLife.unlessStopped(() -> coordinator.submissions().submit(source).block(SOON));
  }

  /** Does to a running task, once, what leads to the point; and undoes it when it was met. */
  private void provoke(FailPoint point) {
    TaskPool pool = cluster.store().pool();
    Optional<Task> running =
        cluster.tasks(workflow.name()).stream()
            .filter(task -> task.state() == TaskState.RUNNING)
            .findFirst();
    boolean met = stops.left().isEmpty();
    if (point == FailPoint.TASK_RECALLED && provoked && (met || running.isEmpty())) {
      cluster.store().limits().set(Limit.none(workflow.name())).block(SOON);
      provoked = met; // it may have ended before it was looked for
    }
    if (met || provoked || running.isEmpty()) {
      return;
    }
    provoked =
        switch (point) {
          case DISCARD_BEGUN, DISCARD_RECORDER_FAILED ->
              get(pool.recall(running.get().id(), "to be discarded"))
                  instanceof ControlResult.Changed;
          case TASK_RECALLED -> {
            Limit paused = new Limit(workflow.name(), true, Integer.MAX_VALUE, true);
            cluster.store().limits().set(paused).block(SOON);
            yield true;
          }
          default -> true;
        };
  }

  /** Whoever was stopped is no more; another takes its place. */
  private void mourn(FailPoint met) throws InterruptedException {
    if (WORKER.contains(met)) {
      worker.abandon();
      worker = worker(false);
    } else if (COLLECTOR.contains(met)) {
      cluster.restartCollector();
    } else {
      coordinator = coordinator();
    }
  }

  private CoordinatorLife coordinator() {
    return new CoordinatorLife(cluster.store(), cluster.kafka, cluster.admin, cluster.root, LEASE);
  }

  private WorkerLife worker(boolean silent) {
    WindrowStore store = cluster.store();
    return new WorkerLife(
        workflow.name(),
        TaskSources.Kind.SHARE,
        store,
        silent ? withoutHeartbeat(store.pool()) : store.pool(),
        cluster.kafka,
        cluster.admin,
        cluster.connection(),
        LEASE);
  }

  /** The pool behind a connection that fails for heartbeats alone. */
  private static TaskPool withoutHeartbeat(TaskPool pool) {
    return (TaskPool)
        Proxy.newProxyInstance(
            TaskPool.class.getClassLoader(),
            new Class<?>[] {TaskPool.class},
            (proxy, method, args) ->
                method.getName().equals("heartbeat")
                    ? Mono.error(new IllegalStateException("no connection"))
                    : method.invoke(pool, args));
  }
}
