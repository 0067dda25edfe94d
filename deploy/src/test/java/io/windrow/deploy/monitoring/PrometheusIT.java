package io.windrow.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.deploy.monitoring.Dashboard.Query;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of processes under faults, a real Prometheus that watches it, and the dashboards: each
 * query answers, and what went wrong is where an operator would look.
 */
class PrometheusIT {
  private static final String DONE = "sleep_ms: 200";
  private static final String FATAL = "sleep_ms: 50, fail: fatal";
  private static final String SECOND_TIME = "sleep_ms: 50, fail: retryable, fail_attempts: 1";
  private static final String LONG = "sleep_ms: 600000";
  private static final String LEASE = "--windrow.lease=3s";

  /** Of a Prometheus that watches several clusters, as in Kubernetes. */
  private static final Map<String, String> NAMESPACE = Map.of("namespace", "lab");

  private final List<AutoCloseable> running = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void dashboards_and_alerts_show_what_a_cluster_under_faults_does() throws Exception {
    Promtool.program("prometheus");
    try {
      watch();
    } finally {
      Collections.reverse(running);
      for (AutoCloseable each : running) {
        each.close();
      }
    }
  }

  private void watch() throws Exception {
    Path market = folder.resolve("market");
    SmallMarket.write(market);
    Program services = windrow("services", "services", "--kafka-port=0", "--mongodb-port=0");
    String mongodb = services.line("mongodb ");
    String kafka = services.line("kafka ");
    List<String> common = List.of("--mongodb=" + mongodb, "--kafka=" + kafka, "--port=0", LEASE);
    String data = "--data-root=" + folder;
    Program first = role("coordinator-1", "coordinator", common, data);
    Program second = role("coordinator-2", "coordinator", common, data);
    Program collector = role("collector", "collector", common);
    Program one = worker("one", common, data);
    Program two = worker("two", common, data);
    String coordinator = first.line("coordinator ");
    String killed = target(one.line("worker "));
    Map<String, List<String>> targets =
        Map.of(
            "windrow-coordinator",
                List.of(target(coordinator), target(second.line("coordinator "))),
            "windrow-collector", List.of(target(collector.line("collector "))),
            "windrow-worker", List.of(killed, target(two.line("worker "))));
    Prometheus prometheus = keep(Prometheus.start(folder, "plain", targets, Map.of()));
    Prometheus shared = keep(Prometheus.start(folder, "shared", targets, NAMESPACE));

    // Rates need a value before and one after: all are scraped before anything begins, and what
    // fails does so twice.
    String everybody = "count(up == 1) == 5";
    sees(prometheus, "all targets", everybody);
    sees(shared, "all targets", everybody);
    submit(
        coordinator,
        "first",
        SmallMarket.noop(market, "noop", 0, List.of(DONE, FATAL, SECOND_TIME)));
    letter(kafka);
    submit(coordinator, "research", SmallMarket.research(market));
    submit(
        coordinator,
        "second",
        SmallMarket.noop(market, "noop", 10, List.of(DONE, FATAL, SECOND_TIME, DONE)));
    steer("worker", "drain", "two", "--coordinator", coordinator);
    sees(prometheus, "a drain", "max(windrow_worker_draining) == 1");
    steer("worker", "undrain", "two", "--coordinator", coordinator);
    await("all windows")
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                !prometheus
                    .now(
                        "max(windrow_tasks{pool=\"research\", state=\"done\"}) > 0"
                            + " unless sum(windrow_tasks{pool=\"research\", state!=\"done\"}) > 0")
                    .isEmpty());
    sees(
        prometheus,
        "the cause of the failures",
        "sum(windrow_task_failures_total{kind=\"fatal\"}) >= 2");
    submit(
        coordinator, "long", SmallMarket.noop(market, "noop", 20, List.of(LONG, LONG, LONG, LONG)));
    sees(prometheus, "slots that are all busy", "sum(windrow_worker_slots{state=\"free\"}) == 0");
    one.close();

    sees(
        prometheus,
        "the worker is away",
        "up{job=\"windrow-worker\", instance=\"%s\"} == 0".formatted(killed));
    alerted(prometheus, "WindrowTargetDown", "instance=\"%s\"".formatted(killed));
    alerted(prometheus, "WindrowWorkerStale", "");
    sees(prometheus, "its tasks were taken from it", "sum(windrow_lease_expired_total) >= 1");
    alerted(prometheus, "WindrowDeadLetters", "alertstate=\"firing\"");
    alerted(prometheus, "WindrowTasksFailed", "alertstate=\"firing\", pool=\"noop\"");
    everyQueryAnswers(prometheus, Substitution.everything());
    everyQueryAnswers(shared, Substitution.everything().with("namespace", "lab"));
    await("what can be chosen") // a scrape that was late leaves a gap
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> everyVariableHasValues(shared));
    everyLibraryMetricIsThere(prometheus);
  }

  private static void everyQueryAnswers(Prometheus prometheus, Substitution chosen) {
    List<String> empty = new ArrayList<>();
    await("data of each query")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              empty.clear();
              for (Dashboard dashboard : Dashboard.all()) {
                for (Query query : dashboard.queries()) {
                  String expression = chosen.in(query.expression());
                  if (!prometheus.hasData(expression)) {
                    empty.add("%s, %s: %s".formatted(dashboard.name(), query.where(), expression));
                  }
                }
              }
              assertThat(empty).as("queries without data").isEmpty();
            });
  }

  /** What can be chosen above a dashboard. */
  private static void everyVariableHasValues(Prometheus prometheus) {
    for (Dashboard dashboard : Dashboard.all()) {
      for (Dashboard.Variable variable : dashboard.labelVariables()) {
        String values =
            "group by (%s) (%s)"
                .formatted(variable.label(), Substitution.everything().in(variable.selector()));
        assertThat(prometheus.now(values))
            .as("%s, variable %s: %s", dashboard.name(), variable.name(), values)
            .isNotEmpty()
            .allSatisfy(
                series ->
                    assertThat(series.path("metric").path(variable.label()).asString(""))
                        .isNotEmpty());
      }
    }
  }

  private static void everyLibraryMetricIsThere(Prometheus prometheus) {
    assertThat(
            KnownMetrics.libraries().keySet().stream()
                .filter(name -> !prometheus.hasData("count(" + name + ")")))
        .as("metrics of library-metrics.txt that nobody gives")
        .isEmpty();
  }

  private static void alerted(Prometheus prometheus, String alert, String labels) {
    sees(prometheus, alert, "ALERTS{alertname=\"%s\", %s}".formatted(alert, labels));
  }

  private static void sees(Prometheus prometheus, String what, String query) {
    await(what + ": " + query)
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(prometheus.now(query)).isNotEmpty());
  }

  /** A record on the results topic that nobody can decode. */
  private static void letter(String kafka) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused =
          producer
              .send(
                  new ProducerRecord<>(
                      "windrow.results", "no result".getBytes(StandardCharsets.UTF_8)))
              .get();
    }
  }

  private void submit(String coordinator, String name, String workflow) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), workflow);
    steer("submit", file.toString(), "--coordinator", coordinator);
  }

  private void steer(String... args) throws Exception {
    windrow("command-" + running.size(), args).done();
  }

  private Program worker(String name, List<String> shared, String data) throws IOException {
    return role(
        name,
        "worker",
        shared,
        data,
        "--name=" + name,
        "--slots=2",
        "--windrow.worker.executors=native,noop");
  }

  private Program role(String name, String role, List<String> shared, String... more)
      throws IOException {
    List<String> args = new ArrayList<>(List.of(role));
    args.addAll(shared);
    args.addAll(List.of(more));
    return windrow(name, args.toArray(String[]::new));
  }

  private Program windrow(String name, String... args) throws IOException {
    return keep(Program.windrow(folder, name, List.of(args)));
  }

  private <T extends AutoCloseable> T keep(T started) {
    running.add(started);
    return started;
  }

  private static String target(String address) {
    return URI.create(address).getAuthority();
  }
}
