package io.windrow.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.chaos.FaultKind.Part;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.client.TaskView;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Workers that come and go with the work, none to one to four and back to none, as processes. Their
 * number is what KEDA's metrics-api scaler and the HPA would make of the demand that the
 * coordinator tells: demand divided by the slots of a worker, rounded up, within bounds. How soon a
 * new worker is at work is printed and not judged: here all share few cores.
 */
@Tag("alone")
class ScalingIT {
  private static final int MOST = 4;
  private static final int TASKS = 300;
  private static final int TASK_MILLIS = 500;
  private static final Duration LONG = Duration.ofMinutes(3);

  /** Far more often than KEDA looks, and still no load. */
  private static final Duration LOOK = Duration.ofMillis(250);

  @TempDir Path folder;
  private ChaosCluster cluster;
  private CoordinatorClient coordinator;

  @BeforeEach
  void start() throws InterruptedException {
    Path market = folder.resolve("market");
    Workload.writeMarket(market);
    Duration lease = Duration.ofSeconds(15);
    ChaosPlan plan = new ChaosPlan(LONG, MOST, 1, Duration.ofSeconds(5), lease, false);
    Path program = Path.of("target", "windrow.jar").toAbsolutePath();
    cluster = new ChaosCluster(plan, program, folder, market);
    cluster.start();
    coordinator =
        new CoordinatorClient(Endpoint.coordinator(cluster.coordinatorAddresses().get(0)));
    scaleTo(0);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void workers_follow_the_demand_and_the_throughput_follows_the_workers()
      throws InterruptedException {
    assertThat(demand("nobody-uses-this").path("demand").asInt(-1)).as("of a new queue").isZero();
    assertThat(wanted()).as("without work").isZero();
    List<String> submissions = submit();
    await("all is told that waits").atMost(LONG).until(() -> wanted() == MOST);
    Instant woken = Instant.now();
    scaleTo(1); // from none KEDA itself starts one; the rest is the HPA's
    await("the first task").atMost(LONG).until(() -> done(submissions) > 0);
    Instant began = Instant.now();
    await("one worker is at work").atMost(LONG).until(() -> done(submissions) >= 20);

    assertThat(wanted()).as("with so much work").isEqualTo(MOST);
    Instant grown = Instant.now();
    scaleTo(MOST);
    Map<String, Integer> seen = followToTheEnd(submissions);

    assertThat(seen).as("numbers of workers on the way down").containsKeys("0", "1", "2", "3", "4");
    assertThat(running()).isZero();
    assertThat(cluster.endedAlone()).as("processes that ended unasked").isEmpty();
    List<Run> runs = runs(submissions);
    nothingIsRepeated(runs);
    Map<String, Instant> firsts = firstRuns(runs);
    assertThat(firsts).as("workers that had a task").hasSize(MOST);
    Duration first = Duration.between(woken, firsts.get("worker-1"));
    Duration slowest =
        firsts.entrySet().stream()
            .filter(each -> !each.getKey().equals("worker-1"))
            .map(each -> Duration.between(grown, each.getValue()))
            .max(Duration::compareTo)
            .orElseThrow();

    Instant full = firsts.values().stream().max(Instant::compareTo).orElseThrow();
    Instant thin = runs.get(runs.size() - 2 * MOST * ChaosPlan.SLOTS).endedAt();
    double alone = rate(runs, began, grown);
    double together = rate(runs, full, thin);
    System.out.printf(
        "ScalingIT: %.1f tasks/s with one worker, %.1f with four;"
            + " the first had its first task after %.1f s, three started at once after %.1f s%n",
        alone, together, first.toMillis() / 1000.0, slowest.toMillis() / 1000.0);
    assertThat(together).as("four workers against one").isGreaterThan(1.5 * alone);
    await("all are collected").atMost(LONG).until(() -> collected(submissions) == TASKS);
  }

  /** Lets the number of workers follow until none is wanted; how often it was what. */
  private Map<String, Integer> followToTheEnd(List<String> submissions) {
    Map<String, Integer> seen = new TreeMap<>();
    await("the last worker has gone")
        .atMost(LONG.multipliedBy(3))
        .pollInterval(LOOK)
        .until(
            () -> {
              scaleTo(Math.max(wanted(), running() - 1));
              seen.merge(Integer.toString(running()), 1, Integer::sum);
              return running() == 0 && done(submissions) == TASKS;
            });
    return seen;
  }

  /** What the scaler would ask for. */
  private int wanted() {
    double slots = ChaosPlan.SLOTS;
    int workers = (int) Math.ceil(demand("default").path("demand").asInt() / slots);
    return Math.min(workers, MOST);
  }

  private JsonNode demand(String queue) {
    return coordinator.ask("queues/" + queue + "/demand", Map.of());
  }

  /** Starts what is missing, or has the last ones drain and end. */
  private void scaleTo(int number) throws InterruptedException {
    for (int i = 0; i < MOST; i++) {
      Child worker = cluster.child(Part.WORKER, i);
      if (i < number) {
        worker.start();
      } else {
        worker.terminate();
      }
    }
  }

  private int running() {
    return (int)
        IntStream.range(0, MOST).filter(i -> cluster.child(Part.WORKER, i).running()).count();
  }

  private List<String> submit() {
    List<String> submissions = new ArrayList<>();
    int part = 100;
    for (int from = 0; from < TASKS; from += part) {
      String workflow =
          Workload.workflow(
              from, part, each -> "noop: {number: %d, sleep_ms: %d}".formatted(each, TASK_MILLIS));
      submissions.add(coordinator.submit(workflow).submission());
    }
    return submissions;
  }

  private long done(List<String> submissions) {
    return submissions.stream().mapToLong(each -> coordinator.submission(each).count("done")).sum();
  }

  private long collected(List<String> submissions) {
    CollectorClient collector = new CollectorClient(Endpoint.collector(cluster.collectorAddress()));
    return submissions.stream().mapToLong(each -> collector.collection(each).collected()).sum();
  }

  /** All attempts, in the order they ended in. */
  private List<Run> runs(List<String> submissions) {
    return submissions.stream()
        .flatMap(each -> coordinator.tasks(each, "done", TASKS).stream())
        .flatMap(task -> task.history().stream().map(attempt -> Run.of(task, attempt)))
        .sorted((a, b) -> a.endedAt().compareTo(b.endedAt()))
        .toList();
  }

  /** Each task ran to its end once; what was handed back had not begun to be charged. */
  private static void nothingIsRepeated(List<Run> runs) {
    assertThat(runs).extracting(Run::charged).as("attempts charged").containsOnly(1);
    assertThat(runs).extracting(Run::outcome).isSubsetOf("done", "handed_back");
    assertThat(runs.stream().filter(run -> run.outcome().equals("done")).map(Run::task))
        .doesNotHaveDuplicates()
        .hasSize(TASKS);
  }

  private static Map<String, Instant> firstRuns(List<Run> runs) {
    Map<String, Instant> firsts = new TreeMap<>();
    runs.forEach(
        run -> firsts.merge(run.worker(), run.startedAt(), (a, b) -> a.isBefore(b) ? a : b));
    return firsts;
  }

  private static double rate(List<Run> runs, Instant from, Instant to) {
    long ended =
        runs.stream()
            .filter(run -> run.endedAt().isAfter(from) && !run.endedAt().isAfter(to))
            .count();
    return ended * 1000.0 / Duration.between(from, to).toMillis();
  }

  private record Run(
      String task, int charged, String worker, String outcome, Instant startedAt, Instant endedAt) {
    static Run of(TaskView task, Map<String, ?> attempt) {
      return new Run(
          task.id(),
          task.attempt(),
          String.valueOf(attempt.get("worker")),
          String.valueOf(attempt.get("outcome")),
          Instant.parse(String.valueOf(attempt.get("startedAt"))),
          Instant.parse(String.valueOf(attempt.get("endedAt"))));
    }
  }
}
