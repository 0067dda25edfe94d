package io.windrow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.windrow.cli.TraceReceiver.Seen;
import io.windrow.cli.client.Accepted;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.cli.cluster.LocalCluster.Plan;
import io.windrow.cli.cluster.LocalCluster.Ports;
import io.windrow.cli.market.BareMarket;
import io.windrow.message.Topics;
import io.windrow.quant.calendar.TradingCalendar;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of tasks from their submission to their collection, as a receiver of traces sees it. */
class TracingIT {
  private static final int TASKS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

  @TempDir static Path folder;

  @BeforeAll
  static void market() {
    List<LocalDate> days = Stream.iterate(FIRST, day -> day.plusDays(1)).limit(9).toList();
    BareMarket.write(folder.resolve("market"), new TradingCalendar(days));
  }

  @Test
  void attempts_are_linked_to_their_submission_and_the_collection_to_attempts(@TempDir Path own)
      throws Exception {
    try (TraceReceiver receiver = new TraceReceiver();
        LocalCluster cluster =
            cluster(
                own,
                "--management.opentelemetry.tracing.export.otlp.endpoint=" + receiver.address(),
                "--management.opentelemetry.tracing.export.schedule-delay=200ms")) {
      Scrape.from(cluster.coordinator());
      Accepted accepted = submit(cluster);
      assertThat(accepted.inserted()).isEqualTo(TASKS);
      await("each task's two attempts and their collection")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(submission(receiver).id()).isNotNull();
                assertThat(attempts(receiver, "retry")).hasSize(TASKS);
                assertThat(attempts(receiver, "done")).hasSize(TASKS);
                assertThat(receiver.spans("windrow-collector", "windrow.collect"))
                    .flatExtracting(Seen::links)
                    .containsAll(ids(attempts(receiver, "done")));
              });

      assertThat(receiver.all())
          .extracting(seen -> seen.span().getName())
          .as("nobody wants to see scrapes")
          .noneMatch(name -> name.contains("actuator"));
      Seen submission = submission(receiver);
      List<Seen> attempts = receiver.spans("windrow-worker", "windrow.attempt");
      assertThat(attempts)
          .hasSize(2 * TASKS)
          .allSatisfy(
              attempt -> {
                assertThat(attempt.isRoot()).as("a trace of its own").isTrue();
                assertThat(attempt.links()).containsExactly(submission.id());
                assertThat(attempt.text("windrow.pool")).isEqualTo("traced");
                assertThat(attempt.text("windrow.queue")).isEqualTo("default");
                assertThat(attempt.text("windrow.executor")).isEqualTo("noop");
              })
          .extracting(Seen::trace)
          .doesNotHaveDuplicates()
          .doesNotContain(submission.trace());
      Map<String, List<Seen>> byTask =
          attempts.stream().collect(Collectors.groupingBy(each -> each.text("windrow.task")));
      assertThat(byTask).hasSize(TASKS);
      byTask
          .values()
          .forEach(
              each ->
                  assertThat(each)
                      .extracting(one -> one.number("windrow.attempt"))
                      .containsExactlyInAnyOrder(1L, 2L));
      assertThat(attempts(receiver, "retry"))
          .allMatch(each -> each.span().getStatus().getCode() == StatusCode.STATUS_CODE_ERROR);

      assertThat(receiver.spans("windrow-collector", "windrow.collect"))
          .allMatch(Seen::isRoot)
          .flatExtracting(Seen::links)
          .as("every task is collected from the attempt that ended it")
          .containsExactlyInAnyOrderElementsOf(ids(attempts(receiver, "done")));

      assertThat(traceparents(cluster))
          .hasSize(2 * TASKS)
          .allMatch(each -> each.contains(submission.trace() + "-" + submission.id()));
    }
  }

  @Test
  void nobody_makes_traces_that_nobody_receives(@TempDir Path own) throws Exception {
    try (LocalCluster cluster = cluster(own)) {
      submit(cluster);
      await("the tasks have run")
          .atMost(PATIENCE)
          .until(
              () ->
                  Scrape.from(cluster.workers().get(0))
                          .sum("windrow_task_execution_seconds_count", "outcome", "done")
                      == TASKS);
      assertThat(traceparents(cluster)).isEmpty();
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("BatchSpanProcessor"));
    }
  }

  private static LocalCluster cluster(Path own, String... more) {
    List<String> settings =
        new ArrayList<>(List.of("--windrow.worker.executors=noop", "--windrow.retry.first=100ms"));
    settings.addAll(List.of(more));
    return LocalCluster.start(new Plan(own, false, List.of(folder), 1, 2, Ports.any(), settings));
  }

  private static Accepted submit(LocalCluster cluster) {
    return new CoordinatorClient(Endpoint.coordinator(cluster.coordinator())).submit(WORKFLOW);
  }

  private static Seen submission(TraceReceiver receiver) {
    List<Seen> found = receiver.spans("windrow-coordinator", "http post /api/v1/submissions");
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<Seen> attempts(TraceReceiver receiver, String outcome) {
    return receiver.spans("windrow-worker", "windrow.attempt").stream()
        .filter(each -> each.text("windrow.outcome").equals(outcome))
        .toList();
  }

  private static List<String> ids(Collection<Seen> spans) {
    return spans.stream().map(Seen::id).toList();
  }

  /** What the announcements of all attempts bear. */
  private static List<String> traceparents(LocalCluster cluster) {
    List<String> headers = new ArrayList<>();
    TopicPartition topic = new TopicPartition(Topics.tasks("default"), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", cluster.kafka()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(topic));
      consumer.seekToBeginning(List.of(topic));
      long end = consumer.endOffsets(List.of(topic)).get(topic);
      while (consumer.position(topic) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          Header header = record.headers().lastHeader("traceparent");
          if (header != null) {
            headers.add(new String(header.value(), UTF_8));
          }
        }
      }
    }
    return headers;
  }

  private static final String WORKFLOW =
      """
      qlib_init: {provider_uri: market, region: us}
      experiment_name: traced
      task:
        noop: {n: 0, fail: retryable, fail_attempts: 1}
        model: {class: LinearModel, module_path: qlib.contrib.model.linear, kwargs: {}}
        dataset:
          class: DatasetH
          module_path: qlib.data.dataset
          kwargs:
            handler:
              class: Alpha158
              module_path: qlib.contrib.data.handler
              kwargs: {start_time: 2020-01-01, end_time: 2020-01-09, fit_start_time: 2020-01-01, fit_end_time: 2020-01-03, instruments: all}
            segments:
              train: [2020-01-01, 2020-01-03]
              valid: [2020-01-04, 2020-01-06]
              test: [2020-01-07, 2020-01-09]
        record: {class: SignalRecord, module_path: qlib.workflow.record_temp, kwargs: {}}
      windrow:
        pool: traced
        grid: {noop.n: [1, 2, 3]}
      """;
}
