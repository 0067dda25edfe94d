package io.windrow.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.chaos.FaultKind.Part;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.client.ExperimentClient;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.client.TaskView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of processes with small heaps (256 MiB each role), beyond what it was made for: nothing
 * ends or is started again, no attempt is charged, and it goes on by itself.
 */
@Tag("alone")
class LimitsIT {
  private static final Duration LONG = Duration.ofMinutes(4);

  /** Longer than any client waits for a server before it gives up. */
  private static final Duration OUTAGE = Duration.ofSeconds(60);

  private static final int MIB = 1 << 20;
  private static final int PART = 250;
  private static final String LARGE =
      """
      head -c %d /dev/zero > large.bin
      echo '{"type":"hello","protocol":1,"client":"sh"}'
      echo '{"type":"artifact","path":"large.bin"}'
      echo '{"type":"result","metrics":{}}'
      """
          .formatted(200 * MIB);

  @TempDir static Path folder;
  private static ChaosCluster cluster;
  private static CoordinatorClient coordinator;
  private static CollectorClient collector;
  private static int number;

  @BeforeAll
  static void start() throws Exception {
    Path market = folder.resolve("market");
    Workload.writeMarket(market);
    Path script = Files.writeString(folder.resolve("large.sh"), LARGE);
    ChaosPlan plan =
        new ChaosPlan(LONG, 2, 1, Duration.ofSeconds(5), Duration.ofSeconds(15), false);
    String command = "--windrow.worker.process.commands.large.";
    cluster =
        new ChaosCluster(
            plan,
            Path.of("target", "windrow.jar").toAbsolutePath(),
            folder,
            market,
            "--windrow.worker.executors=noop,process",
            "--windrow.worker.process.folder=" + folder.resolve("work"),
            command + "command[0]=sh",
            command + "command[1]=" + script,
            command + "limits.artifact=256MB");
    cluster.start();
    coordinator =
        new CoordinatorClient(Endpoint.coordinator(cluster.coordinatorAddresses().get(0)));
    collector = new CollectorClient(Endpoint.collector(cluster.collectorAddress()));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @AfterEach
  void nothing_has_ended() {
    cluster.links().forEach(link -> link.become(Link.State.WHOLE));
    assertThat(cluster.endedAlone()).as("processes that ended").isEmpty();
  }

  @Test
  void an_artifact_may_be_as_large_as_the_heap() throws IOException {
    String workflow =
        Workload.workflow(number++, 1, each -> "process: {command: large}")
            .replaceFirst("record: &record\\s+- .*", "record: []"); // no predictions
    String submission = coordinator.submit(workflow).submission();
    awaitEnd(submission);
    assertThat(coordinator.tasks(submission, "failed", 1)).extracting(TaskView::history).isEmpty();

    TaskView task = coordinator.tasks(submission, "done", 1).get(0);
    String recorder = coordinator.task(task.id()).path("result").path("recorder").asString();
    Path copy = folder.resolve("copy");
    experiments().artifact(recorder, "large.bin", copy);

    assertThat(copy).hasSize(200L * MIB);
    assertThat(task.history()).as("attempts").hasSize(1);
  }

  @Test
  void a_thousand_failing_tasks_fail_and_hold_nobody_up() {
    List<String> failing =
        submitMany(
            1_000,
            each ->
                "noop: {number: %d, fail: %s}"
                    .formatted(each, each % 10 == 0 ? "retryable" : "fatal"));
    String others = submit(20, LimitsIT::brief);
    awaitEnd(others);

    for (String submission : failing) {
      SubmissionView ended = awaitEnd(submission);
      assertThat(ended.count("failed")).isEqualTo(ended.tasks());
      assertThat(coordinator.tasks(submission, "failed", 1_000))
          .as("each is tried once or as often as it may be")
          .extracting(task -> task.history().size())
          .containsOnly(1, Wish.MOST_ATTEMPTS);
    }
    await().atMost(LONG).until(() -> collector.collection(others).collected() == 20);
  }

  @Test
  void a_slow_store_takes_time_and_nothing_else() {
    cluster.links().stream()
        .filter(link -> link != cluster.link("broker"))
        .forEach(link -> link.become(Link.State.SLOW));

    String submission = submit(12, LimitsIT::brief);
    awaitEnd(submission);

    assertThat(outcomes(submission)).containsOnly("done");
  }

  @Test
  void a_broker_that_is_away_is_waited_for_without_noise() {
    String before = submit(10, LimitsIT::brief);
    cluster.link("broker").become(Link.State.CUT);
    long lines = logLines();
    String meanwhile = submit(10, LimitsIT::brief);
    last(OUTAGE);
    long noise = logLines() - lines;
    cluster.link("broker").become(Link.State.WHOLE);

    awaitEnd(before);
    awaitEnd(meanwhile);

    assertThat(noise).as("lines logged while the broker was away").isLessThan(1_000);
    assertThat(outcomes(before)).containsOnly("done");
    assertThat(outcomes(meanwhile)).containsOnly("done");
  }

  @Test
  void a_store_that_is_away_for_several_leases_charges_nobody() {
    String submission = submit(6, each -> "noop: {number: %d, sleep_ms: 8000}".formatted(each));
    await().atMost(LONG).until(() -> coordinator.submission(submission).count("running") >= 4);

    cluster.links().stream()
        .filter(link -> link != cluster.link("broker"))
        .forEach(link -> link.become(Link.State.CUT));
    last(OUTAGE);
    cluster.links().forEach(link -> link.become(Link.State.WHOLE));
    awaitEnd(submission);

    assertThat(outcomes(submission)).containsOnly("done", "handed_back");
  }

  @Test
  void a_storm_of_results_is_taken_in_when_the_collector_is_back() throws InterruptedException {
    Child process = cluster.child(Part.COLLECTOR, 0);
    process.kill();
    List<String> submissions = submitMany(1_000, each -> "noop: {number: %d}".formatted(each));
    submissions.forEach(LimitsIT::awaitEnd);

    process.start();

    for (String submission : submissions) {
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .until(() -> collector.collection(submission).collected() == PART);
    }
  }

  /** The outage itself, not a wait for something. */
  private static void last(Duration outage) {
    await().pollDelay(outage).atMost(outage.plus(LONG)).until(() -> true);
  }

  private static String brief(int each) {
    return "noop: {number: %d, sleep_ms: 20, artifact_kb: 1}".formatted(each);
  }

  private static String submit(int count, IntFunction<String> work) {
    int from = number;
    number += count;
    return coordinator.submit(Workload.workflow(from, count, work)).submission();
  }

  /** In several workflows: a YAML may not have any number of references. */
  private static List<String> submitMany(int count, IntFunction<String> work) {
    return IntStream.range(0, count / PART).mapToObj(part -> submit(PART, work)).toList();
  }

  private static SubmissionView awaitEnd(String submission) {
    await()
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .until(() -> coordinator.submission(submission).ended());
    return coordinator.submission(submission);
  }

  /** How the attempts ended. */
  private static Stream<String> outcomes(String submission) {
    return coordinator.tasks(submission, "done", 1_000).stream()
        .flatMap(task -> task.history().stream())
        .map(attempt -> String.valueOf(((Map<?, ?>) attempt).get("outcome")));
  }

  private static long logLines() {
    try (Stream<Path> logs = Files.list(folder.resolve("logs"))) {
      return logs.mapToLong(LimitsIT::lines).sum();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long lines(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ExperimentClient experiments() {
    return new ExperimentClient(Endpoint.collector(cluster.collectorAddress()));
  }
}
