package io.windrow.cli.fault;

import static io.windrow.cli.fault.FaultCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.coordinator.workflow.WorkflowSource;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.Topics;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.worker.intake.TaskSources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The broker forgets what it was told, or tells it again and in another order: what the store says
 * counts, and every task ends once. For both kinds of groups.
 */
class BrokerLossIT {
  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final int TASKS = 8;

  @TempDir static Path folder;
  private static FaultCluster cluster;

  private final List<String> submissions = new ArrayList<>();
  private TaskSources.Kind kind;
  private FaultWorkflow workflow;
  private CoordinatorLife coordinator;
  private WorkerLife worker;

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
    if (worker != null) {
      worker.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_topic_that_is_gone_before_anybody_reads_it(TaskSources.Kind kind) throws Exception {
    submit("gone", kind, 0);
    awaitRounds(() -> count(TaskState.QUEUED) == TASKS);

    delete(Topics.tasks(workflow.name()));

    worker = worker();
    awaitEnd();
  }

  @ParameterizedTest
  @EnumSource
  void a_topic_that_is_gone_in_the_middle(TaskSources.Kind kind) throws Exception {
    submit("wiped", kind, 100);
    worker = worker();
    awaitRounds(() -> count(TaskState.DONE) >= 2);

    delete(Topics.tasks(workflow.name()));

    awaitEnd();
  }

  @ParameterizedTest
  @EnumSource
  void a_group_that_begins_at_the_first_record_again(TaskSources.Kind kind) throws Exception {
    submit("forgotten", kind, 50);
    worker = worker();
    awaitRounds(() -> count(TaskState.DONE) >= 3);
    worker.close();

    deleteGroup();

    worker = worker();
    awaitEnd();
    assertEachRanOnce();
  }

  @ParameterizedTest
  @EnumSource
  void announcements_that_come_often_late_and_in_any_order(TaskSources.Kind kind) {
    submit("shuffled", kind, 20);
    awaitRounds(() -> count(TaskState.QUEUED) == TASKS);
    List<TaskAnnounced> all = new ArrayList<>();
    for (Task task : cluster.tasks(workflow.name())) {
      for (int i = 0; i < 3; i++) {
        all.add(announced(task.id(), task.version()));
        all.add(announced(task.id(), task.version() - 1 - i));
        all.add(announced("0".repeat(64 - i) + "1".repeat(i), task.version()));
      }
    }
    Collections.shuffle(all, new Random(1));
    for (TaskAnnounced each : all) {
      cluster.kafka.send(Topics.tasks(workflow.name()), new MessageCodec().encode(each)).join();
    }

    worker = worker();

    awaitEnd();
    assertEachRanOnce();
  }

  @ParameterizedTest
  @EnumSource
  void results_whose_topic_is_gone(TaskSources.Kind kind) throws Exception {
    submit("unheard", kind, 0);
    delete(Topics.RESULTS);

    worker = worker();

    awaitRounds(() -> count(TaskState.DONE) == TASKS);
    awaitRounds(() -> get(cluster.store().pool().unpublished(Duration.ZERO, 1).count()) == 0);
    cluster.restartCollector(); // or wait for its next reconciliation
    awaitEnd();
  }

  private void submit(String name, TaskSources.Kind kind, int sleepMillis) {
    this.kind = kind;
    workflow =
        FaultWorkflow.wide(name + "-" + kind.name().toLowerCase(Locale.ROOT), TASKS, sleepMillis);
    workflow.writeMarket(cluster.root, workflow.days());
    coordinator =
        new CoordinatorLife(cluster.store(), cluster.kafka, cluster.admin, cluster.root, LEASE);
    submissions.add(
        get(coordinator.submissions().submit(WorkflowSource.of(workflow.text()))).submission());
  }

  private WorkerLife worker() {
    return new WorkerLife(
        workflow.name(),
        kind,
        cluster.store(),
        cluster.store().pool(),
        cluster.kafka,
        cluster.admin,
        cluster.connection(),
        LEASE);
  }

  private TaskAnnounced announced(String id, long version) {
    return new TaskAnnounced(1, id, version, workflow.name(), workflow.name());
  }

  private static void delete(String topic) throws Exception {
    cluster.admin.deleteTopics(List.of(topic)).all().get();
  }

  /** Possible once the broker has noticed that its last member has left. */
  private void deleteGroup() {
    await()
        .atMost(SOON)
        .until(
            () -> {
              try {
                if (kind == TaskSources.Kind.SHARE) {
                  cluster.admin.deleteShareGroups(group(Topics.tasks(workflow.name()))).all().get();
                } else {
                  cluster
                      .admin
                      .deleteConsumerGroups(group(Topics.classicGroup(workflow.name())))
                      .all()
                      .get();
                }
                return true;
              } catch (ExecutionException e) {
                return e.getCause() instanceof GroupIdNotFoundException;
              }
            });
  }

  private static List<String> group(String name) {
    return List.of(name);
  }

  private void awaitRounds(Callable<Boolean> enough) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              coordinator.round(true);
              return enough.call();
            });
  }

  private void awaitEnd() {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              coordinator.round(true);
              cluster.assertEndedOnce(workflow.name(), submissions);
            });
  }

  /** A worker that is closed may have won a claim a moment before: it hands that back, unrun. */
  private void assertEachRanOnce() {
    assertThat(cluster.tasks(workflow.name()))
        .hasSize(TASKS)
        .allSatisfy(
            task ->
                assertThat(task.history())
                    .filteredOn(attempt -> !attempt.outcome().equals("handed_back"))
                    .hasSize(1));
  }

  private long count(TaskState state) {
    return cluster.tasks(workflow.name()).stream().filter(task -> task.state() == state).count();
  }
}
