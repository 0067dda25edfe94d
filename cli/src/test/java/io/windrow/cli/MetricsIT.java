package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.Scrape.Sample;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.cli.cluster.LocalCluster.Plan;
import io.windrow.cli.cluster.LocalCluster.Ports;
import io.windrow.collector.CollectorApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What the roles tell a scraper after real work: twenty pools on two queues, some of whose tasks
 * fail, and one of real windows.
 */
class MetricsIT {
  private static final int POOLS = 20;
  private static final int MOST_PER_WORKER = 2_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir static Path folder;
  private static LocalCluster cluster;
  private static Scrape coordinator;
  private static Scrape collector;
  private static Scrape worker;

  @BeforeAll
  static void work() throws Exception {
    Path data = folder.resolve("data");
    SampleMarket.write(folder.resolve("csv"), 8);
    assertThat(
            WindrowProcess.run(
                    folder, "import", "import-csv", folder.resolve("csv").toString(), "" + data)
                .exitCode())
        .isZero();
    cluster =
        LocalCluster.start(
            new Plan(
                folder,
                false,
                List.of(data),
                1,
                4,
                Ports.any(),
                List.of(
                    "--windrow.worker.queues=default,second",
                    "--windrow.worker.executors=native,noop",
                    "--windrow.retry.first=100ms",
                    "--windrow.metrics.pools=10")));
    CoordinatorClient client = new CoordinatorClient(Endpoint.coordinator(cluster.coordinator()));
    for (int i = 1; i < POOLS; i++) {
      client.submit(workflow(data, "pool-" + i, i % 2 == 0 ? "second" : "default", wish(i)));
    }
    client.submit(workflow(data, "research", "default", ""));
    client.submit(workflow(data, "research", "default", "")); // known already
    await("everything has ended, is taken in and counted")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(MetricsIT::settled);
  }

  /** Most succeed; some fail once, one fails for good. */
  private static String wish(int pool) {
    return switch (pool) {
      case 1 -> "  noop: {fail: fatal}\n";
      case 2 -> "  noop: {fail: retryable, fail_attempts: 1}\n";
      default -> "  noop: {sleep_ms: 1}\n";
    };
  }

  private static String workflow(Path data, String pool, String queue, String noop) {
    return SampleMarket.workflow(data)
        .replace("experiment_name: cluster", "experiment_name: " + pool)
        .replace("task:\n", "task:\n" + noop)
        .replace("windrow:\n", "windrow:\n  queue: " + queue + "\n")
        .replace("step: 16", "step: 120");
  }

  private static boolean settled() throws Exception {
    coordinator = Scrape.from(cluster.coordinator());
    collector = Scrape.from(cluster.collector());
    worker = Scrape.from(cluster.workers().get(0));
    double inserted = coordinator.sum("windrow_submission_tasks_total", "result", "inserted");
    double ended =
        coordinator.sum("windrow_tasks", "state", "done")
            + coordinator.sum("windrow_tasks", "state", "failed");
    double collected =
        collector.sum("windrow_pool_windows", "state", "collected")
            + collector.sum("windrow_pool_windows", "state", "failed");
    return inserted > POOLS
        && ended == inserted
        && collected == inserted
        && worker.sum("windrow_worker_slots", "state", "busy") == 0
        && !collector.of("windrow_window_ic", "pool", "research").isEmpty()
        && coordinator.sum("windrow_outbox_size") == 0
        && !coordinator.of("windrow_queue_lag").isEmpty();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void every_meter_of_the_document_is_there_with_its_tags_and_no_other() throws Exception {
    MeterTable table = MeterTable.read();
    Map<String, Scrape> scrapes =
        Map.of("The coordinator", coordinator, "A worker", worker, "The collector", collector);
    List<String> wrong = new ArrayList<>();
    scrapes.forEach(
        (heading, scrape) -> {
          List<MeterTable.Row> rows = table.roles().get(heading);
          assertThat(rows).as(heading).isNotEmpty();
          for (MeterTable.Row row : rows) {
            for (String series : row.series()) {
              if (scrape.of(series).isEmpty()) {
                wrong.add(heading + " lacks " + series);
              }
              for (Sample sample : scrape.of(series)) {
                Set<String> keys = new TreeSet<>(sample.labels().keySet());
                keys.remove("le");
                if (!keys.equals(row.tags())) {
                  wrong.add(heading + ": " + series + " has " + keys + ", not " + row.tags());
                }
              }
            }
          }
          Set<String> promised =
              rows.stream().flatMap(row -> row.series().stream()).collect(Collectors.toSet());
          // Both APIs let callers in.
          promised.addAll(Set.of("windrow_http_limited_total", "windrow_audit_entries_total"));
          scrape.samples().stream()
              .map(Sample::name)
              .filter(name -> name.startsWith("windrow_") && !promised.contains(name))
              .distinct()
              .forEach(name -> wrong.add(heading + " has " + name + ", of which nothing is said"));
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void libraries_tell_what_the_document_says() {
    for (String name :
        List.of(
            "jvm_memory_used_bytes",
            "process_cpu_usage",
            "system_cpu_usage",
            "kafka_producer_record_send_total",
            "mongodb_driver_commands_seconds_count",
            "mongodb_driver_pool_size",
            "mongodb_driver_pool_checkedout",
            "http_server_requests_seconds_count")) {
      assertThat(worker.of(name)).as("worker: " + name).isNotEmpty();
      assertThat(coordinator.of(name)).as("coordinator: " + name).isNotEmpty();
    }
    for (String name :
        List.of(
            "kafka_consumer_fetch_manager_records_consumed_total",
            "mongodb_driver_commands_seconds_count",
            "mongodb_driver_pool_size")) {
      assertThat(collector.of(name)).as("collector: " + name).isNotEmpty();
    }
    assertThat(worker.of("kafka_share_consumer_records_consumed_total"))
        .extracting(sample -> sample.labels().get("queue"))
        .containsExactlyInAnyOrder("default", "second");
    assertThat(worker.sum("kafka_share_consumer_records_consumed_total"))
        .isGreaterThanOrEqualTo(worker.sum("windrow_task_claims_total", "result", "claimed"));
    assertThat(worker.sum("kafka_share_consumer_acknowledgements_send_total")).isPositive();
    assertThat(worker.sum("kafka_share_consumer_connection_count")).isPositive();
    for (Scrape scrape : List.of(coordinator, worker, collector)) {
      assertThat(scrape.samples())
          .noneMatch(sample -> sample.labels().containsKey("cluster_id"))
          .noneMatch(sample -> sample.name().startsWith("spring_security"));
    }
  }

  @Test
  void scrapes_are_small() {
    assertThat(worker.samples()).hasSizeLessThan(MOST_PER_WORKER);
    assertThat(coordinator.samples()).hasSizeLessThan(1_000);
    assertThat(collector.samples()).hasSizeLessThan(1_000);
    assertThat(pools(coordinator.of("windrow_tasks"))).hasSize(11).contains("(others)", "research");
    assertThat(pools(collector.of("windrow_pool_windows"))).hasSize(11).contains("(others)");
    assertThat(
            worker.samples().stream()
                .filter(sample -> sample.name().startsWith("windrow_"))
                .flatMap(sample -> sample.labels().keySet().stream()))
        .as("a worker's meters know no pool and no task")
        .doesNotContain("pool", "task");
  }

  private static Set<String> pools(List<Sample> samples) {
    return samples.stream().map(sample -> sample.labels().get("pool")).collect(Collectors.toSet());
  }

  @Test
  void counters_add_up() {
    double inserted = coordinator.sum("windrow_submission_tasks_total", "result", "inserted");
    assertThat(coordinator.sum("windrow_tasks")).isEqualTo(inserted);
    assertThat(coordinator.sum("windrow_submission_tasks_total", "result", "known"))
        .isEqualTo(coordinator.sum("windrow_tasks", "pool", "research"));

    double claimed = worker.sum("windrow_task_claims_total", "result", "claimed");
    assertThat(worker.sum("windrow_task_execution_seconds_count")).isEqualTo(claimed);
    assertThat(worker.sum("windrow_task_schedule_to_start_seconds_count")).isEqualTo(claimed);
    double retried = worker.sum("windrow_task_execution_seconds_count", "outcome", "retry");
    double failed = worker.sum("windrow_task_execution_seconds_count", "outcome", "failed");
    assertThat(retried).isPositive();
    assertThat(claimed).isEqualTo(inserted + retried);
    assertThat(worker.sum("windrow_task_failures_total")).isEqualTo(retried + failed);
    assertThat(worker.sum("windrow_task_failures_total", "kind", "fatal", "cause", "definition"))
        .isEqualTo(failed);
    assertThat(coordinator.sum("windrow_dispatch_announced_total", "kind", "first"))
        .isEqualTo(claimed);
    assertThat(coordinator.sum("windrow_tasks", "state", "failed")).isEqualTo(failed);

    double received = collector.sum("windrow_collector_received_total");
    assertThat(collector.sum("windrow_collector_results_total")).isEqualTo(received);
    assertThat(
            collector.sum("windrow_collector_results_total", "outcome", "upserted")
                + collector.sum("windrow_collector_reconciled_total"))
        .isEqualTo(inserted);

    double windows = coordinator.sum("windrow_tasks", "pool", "research", "state", "done");
    for (String phase : List.of("features", "train", "predict", "record")) {
      assertThat(
              worker.sum("windrow_task_phase_seconds_count", "phase", phase, "model", "LGBModel"))
          .as(phase)
          .isEqualTo(windows);
    }
  }

  @Test
  void a_collector_that_has_just_started_tells_the_same() throws Exception {
    try (ConfigurableApplicationContext other =
        CollectorApplication.start(
            "--spring.mongodb.uri=" + cluster.mongodb(),
            "--spring.kafka.bootstrap-servers=" + cluster.kafka(),
            "--server.port=0",
            "--windrow.metrics.pools=10",
            "--spring.main.register-shutdown-hook=false")) {
      String address =
          "http://127.0.0.1:" + other.getEnvironment().getRequiredProperty("local.server.port");
      List<String> told =
          List.of(
              "windrow_pool_windows",
              "windrow_window_ic",
              "windrow_pool_ic",
              "windrow_window_rank_ic",
              "windrow_pool_rank_ic");
      await("the first count")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Scrape fresh = Scrape.from(address);
                for (String name : told) {
                  assertThat(byLabels(fresh, name).keySet())
                      .as(name)
                      .isEqualTo(byLabels(collector, name).keySet());
                  // A mean depends, in its last digit, on the order in which it was made.
                  byLabels(fresh, name)
                      .forEach(
                          (labels, value) ->
                              assertThat(value)
                                  .as(name + labels)
                                  .isCloseTo(byLabels(collector, name).get(labels), within(1e-12)));
                }
              });
    }
    double last = collector.sum("windrow_window_ic", "pool", "research");
    assertThat(last).isNotZero().isCloseTo(0, within(1.0));
    assertThat(collector.of("windrow_window_ic", "pool", "research", "model", "LGBModel"))
        .hasSize(1);
  }

  private static Map<Map<String, String>, Double> byLabels(Scrape scrape, String name) {
    Function<Sample, Double> value = Sample::value;
    return scrape.of(name).stream().collect(Collectors.toMap(Sample::labels, value));
  }

  @Test
  void unknown_addresses_make_no_series() throws Exception {
    int before = Scrape.from(cluster.coordinator()).of("http_server_requests_seconds_count").size();
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < 100; i++) {
      for (String address : List.of("/nothing/" + i, "/api/v1/tasks/none-" + i, "/assets/" + i)) {
        URI uri = URI.create(cluster.coordinator() + address);
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      }
    }
    List<Sample> after =
        Scrape.from(cluster.coordinator()).of("http_server_requests_seconds_count");
    assertThat(after).hasSizeLessThan(before + 10);
  }
}
