package io.windrow.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.collector.ensemble.AverageEnsemble;
import io.windrow.collector.intake.Collected;
import io.windrow.collector.intake.CollectedStore;
import io.windrow.collector.intake.Reconciler;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.message.TaskFinished;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import io.windrow.startup.UnreachableException;
import io.windrow.task.TaskState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The collector between a real broker and a real store. */
class CollectorIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String JSON = "application/json";
  private static final String ARROW = "application/vnd.apache.arrow.file";
  private static final String PROBLEM = "application/problem+json";
  private static final String NEVER_AGAIN = "--windrow.collector.reconcile-every=1d";

  @TempDir static Path folder;
  private static Cluster cluster;
  private static ConfigurableApplicationContext collector;

  @BeforeAll
  static void start() {
    cluster = new Cluster(folder);
    collector = cluster.collector("shared", NEVER_AGAIN);
    new Experiment(collector, "errors", 1);
  }

  @AfterAll
  static void stop() {
    collector.close();
    cluster.close();
  }

  @Test
  void rollsFinishedWindowsIntoOneSeries() {
    Experiment experiment = new Experiment(collector, "rolls", 3);
    for (int window : new int[] {2, 0, 1}) {
      cluster.publish(experiment.finish(window));
    }

    JsonNode collection = awaitComplete(collector, experiment);

    assertThat(collection.get("expected").asInt()).isEqualTo(3);
    assertThat(collection.get("collected").asInt()).isEqualTo(3);
    assertThat(collection.get("missing").isEmpty()).isTrue();
    assertThat(collection.get("failed").isEmpty()).isTrue();
    JsonNode group = collection.get("groups").get(0);
    assertThat(group.get("key").toString()).isEqualTo("[\"LGBModel\"]");
    assertThat(group.get("days").asInt()).isEqualTo(13);
    assertThat(group.get("rows").asInt()).isEqualTo(13 * Experiment.STOCKS);
    JsonNode window = group.get("windows").get(1);
    assertThat(window.get("task").asString()).isEqualTo(experiment.tasks.get(1).id());
    assertThat(window.get("train").toString()).isEqualTo("[\"2018-01-01\",\"2018-12-31\"]");
    assertThat(window.get("test").toString()).isEqualTo("[\"2020-01-10\",\"2020-01-14\"]");
    assertThat(window.get("worker").asString()).isEqualTo("worker-1");
    assertThat(window.get("metrics").get("best_iteration").asDouble()).isEqualTo(11.0);
    assertThat(Instant.parse(window.get("startedAt").asString()))
        .isBeforeOrEqualTo(Instant.parse(window.get("endedAt").asString()));

    ScoreTable predictions = ArrowTables.read(ok(series(collector, experiment, "pred", ARROW)));
    assertThat(predictions.column()).isEqualTo("score");
    assertThat(predictions.metadata()).doesNotContainKey("windrow.partial");
    assertThat(rows(predictions.series())).isEqualTo(rows(experiment.rolled(0, 1, 2)));

    ScoreTable labels = ArrowTables.read(ok(series(collector, experiment, "label", "*/*")));
    assertThat(labels.column()).isEqualTo("LABEL0");
    SignalAnalysis expected = SignalAnalysis.of(predictions.series(), labels.series());
    assertThat(ArrowTables.readAnalysis(ok(series(collector, experiment, "ic", ARROW))))
        .isEqualTo(expected);
    expected
        .summary()
        .forEach(
            (name, value) ->
                assertThat(group.get("statistics").get(name).asDouble())
                    .isCloseTo(value, within(1e-12)));

    JsonNode columns = json(ok(series(collector, experiment, "pred", JSON)));
    assertThat(columns.get("datetime").get(0).asString()).isEqualTo("2020-01-06");
    assertThat(columns.get("instrument").get(1).asString()).isEqualTo("S01");
    assertThat(columns.get("score").get(7).asDouble()).isEqualTo(predictions.series().value(7));
    assertThat(columns.get("score").size()).isEqualTo(13 * Experiment.STOCKS);
    assertThat(json(ok(series(collector, experiment, "ic", JSON))).get("ric").size()).isEqualTo(13);
  }

  @Test
  void answersWithATagThatChangesWithTheWindows() {
    Experiment experiment = new Experiment(collector, "tagged", 2);
    cluster.publish(experiment.finish(0));
    await()
        .atMost(PATIENCE)
        .until(() -> collection(collector, experiment).get("collected").asInt() == 1);
    String whole = "/api/v1/collections/" + experiment.id();
    String series = whole + "/groups/0/pred?partial=true";
    String tag = tag(whole, JSON);
    String pred = tag(series, ARROW);

    assertThat(unchanged(whole, JSON, tag)).isTrue();
    assertThat(unchanged(series, ARROW, pred)).isTrue();
    assertThat(tag(series, JSON)).isNotEqualTo(pred);
    assertThat(tag(series + "&ensemble=", ARROW)).isNotEqualTo(pred);

    cluster.publish(experiment.finish(1));
    awaitComplete(collector, experiment);
    assertThat(unchanged(whole, JSON, tag)).isFalse();
    assertThat(unchanged(series, ARROW, pred)).isFalse();
  }

  private static String tag(String path, String accept) {
    return cluster.get(collector, path, accept).headers().firstValue("ETag").orElseThrow();
  }

  private static boolean unchanged(String path, String accept, String tag) {
    return cluster
            .send(
                Cluster.request(collector, path)
                    .header("Accept", accept)
                    .header("If-None-Match", tag)
                    .build())
            .statusCode()
        == 304;
  }

  @Test
  void changesNothingOnDuplicatesOlderVersionsAndGarbage() {
    Experiment experiment = new Experiment(collector, "twice", 2);
    TaskFinished first = experiment.finish(0);
    TaskFinished second = experiment.finish(1);
    cluster.publish(first);
    cluster.publish(second);
    JsonNode before = awaitComplete(collector, experiment);
    awaitNoLag(collector);
    double upserted = count(collector, "upserted");
    double stale = count(collector, "stale");

    cluster.publish(first);
    cluster.publish(second);
    cluster.publish(older(first));
    cluster.publish("garbage", "{\"schemaVersion\":1,".getBytes(UTF_8));
    cluster.publish("future", "{\"schemaVersion\":99,\"taskId\":\"t\"}".getBytes(UTF_8));
    cluster.publish("empty", null);
    cluster.publish(first);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(count(collector, "undecodable")).isEqualTo(3));
    awaitNoLag(collector);

    assertThat(collection(collector, experiment)).isEqualTo(before);
    assertThat(count(collector, "upserted")).isEqualTo(upserted);
    assertThat(count(collector, "stale")).isEqualTo(stale + 4);
    assertThat(counter(collector, "windrow.collector.received"))
        .isEqualTo(
            count(collector, "upserted")
                + count(collector, "stale")
                + count(collector, "undecodable"));
    // The test's other collectors are groups of their own, and park the same records as well.
    assertThat(cluster.deadLetters())
        .allSatisfy(
            record -> {
              assertThat(header(record, "windrow.topic")).isEqualTo("windrow.results");
              assertThat(header(record, "windrow.reason")).isNotBlank();
            })
        .extracting(record -> new String(record.key(), UTF_8))
        .contains("garbage", "future", "empty");
  }

  @Test
  void isRebuiltFromThePool() {
    JsonNode before;
    Experiment experiment;
    try (ConfigurableApplicationContext first = cluster.collector("rebuilt", NEVER_AGAIN)) {
      experiment = new Experiment(first, "rebuilt", 2);
      cluster.publish(experiment.finish(0));
      cluster.publish(experiment.finish(1));
      before = awaitComplete(first, experiment);
      awaitNoLag(first); // the topic will not bring them again
      Mono.from(
              first
                  .getBean(MongoDatabase.class)
                  .getCollection(CollectedStore.COLLECTION)
                  .deleteMany(new Document()))
          .block(PATIENCE);
      assertThat(collection(first, experiment).get("complete").asBoolean()).isFalse();
    }

    try (ConfigurableApplicationContext second =
        cluster.collector("rebuilt", "--windrow.collector.reconcile-every=200ms")) {
      assertThat(awaitComplete(second, experiment)).isEqualTo(before);
      await() // counted after it can be seen
          .atMost(PATIENCE)
          .until(() -> counter(second, "windrow.collector.reconciled") == 2);

      Experiment silent = new Experiment(second, "silent", 1);
      silent.finish(0); // and nothing is published
      awaitComplete(second, silent);
    }
  }

  @Test
  void isTheSameWhetherTakenInLiveOrRebuilt() {
    try (ConfigurableApplicationContext live = cluster.collector("same", NEVER_AGAIN)) {
      Experiment experiment = new Experiment(live, "same", 4);
      List<TaskFinished> results = new ArrayList<>();
      for (int window : new int[] {3, 0, 2}) {
        TaskFinished result = experiment.finish(window);
        results.addAll(List.of(result, older(result), result));
      }
      TaskFinished failed = experiment.fail(1, "no data");
      results.addAll(List.of(failed, failed));
      Collections.shuffle(results, new Random(1));
      results.forEach(cluster::publish);
      awaitNoLag(live);
      await().atMost(PATIENCE).until(() -> collected(live).size() == 4);
      List<Document> before = collected(live);

      Mono.from(documents(live).drop()).then().block(PATIENCE);
      assertThat(collected(live)).isEmpty();
      live.getBean(Reconciler.class).reconcile().block(PATIENCE);

      assertThat(collected(live)).isEqualTo(before);
    }
  }

  @Test
  void isRebuiltByACollectorThatHasSeenItComplete() {
    try (ConfigurableApplicationContext live = cluster.collector("lost", NEVER_AGAIN)) {
      Reconciler reconciler = live.getBean(Reconciler.class);
      Experiment experiment = new Experiment(live, "lost", 2);
      cluster.publish(experiment.finish(0));
      cluster.publish(experiment.finish(1));
      JsonNode before = settle(live, experiment);

      Mono.from(documents(live).drop()).then().block(PATIENCE);
      reconciler.reconcile().block(PATIENCE);

      assertThat(collection(live, experiment)).isEqualTo(before);
    }
  }

  @Test
  void takesInWhatASubmissionComesToThatIsBegunAgain() {
    try (ConfigurableApplicationContext live = cluster.collector("again", NEVER_AGAIN)) {
      Reconciler reconciler = live.getBean(Reconciler.class);
      Experiment experiment = new Experiment(live, "again", 1);
      cluster.publish(experiment.finish(0));
      settle(live, experiment);

      Mono.from(
              live.getBean(MongoDatabase.class)
                  .getCollection("tasks")
                  .deleteMany(new Document("submission", experiment.id())))
          .block(PATIENCE);
      TaskFinished unheard = new Experiment(live, "again", 1).finish(0);
      reconciler.reconcile().block(PATIENCE);

      Document row =
          Mono.from(documents(live).find(new Document("_id", unheard.taskId()))).block(PATIENCE);
      assertThat(row.get("version")).isEqualTo(unheard.version());
    }
  }

  private static MongoCollection<Document> documents(ConfigurableApplicationContext collector) {
    return collector.getBean(MongoDatabase.class).getCollection(CollectedStore.COLLECTION);
  }

  /** All there is of "same" but when it came; the topic brings what other tests published, too. */
  private static List<Document> collected(ConfigurableApplicationContext collector) {
    Document same = new Document("submission", "submission-same");
    return Flux.from(documents(collector).find(same).sort(new Document("_id", 1)))
        .doOnNext(document -> document.remove("at"))
        .collectList()
        .block(PATIENCE);
  }

  @Test
  void foldsWhatArrivesBeforeAnybodyAsks() {
    try (ConfigurableApplicationContext eager =
        cluster.collector("eager", NEVER_AGAIN, "--windrow.collector.fold-every=50ms")) {
      Experiment experiment = new Experiment(eager, "eager", 3);
      for (int window : new int[] {2, 0, 1}) {
        cluster.publish(experiment.finish(window));
      }
      await().atMost(PATIENCE).until(() -> counter(eager, "windrow.collector.folded") == 3);

      experiment.forgetArtifacts(); // what is answered now was read before
      JsonNode group = awaitComplete(eager, experiment).get("groups").get(0);

      assertThat(group.get("rows").asInt()).isEqualTo(13 * Experiment.STOCKS);
      assertThat(rows(ArrowTables.read(ok(series(eager, experiment, "pred", ARROW))).series()))
          .isEqualTo(rows(experiment.rolled(0, 1, 2)));
    }
  }

  @Test
  void refusesASeriesWithAGapUnlessAskedForAPart() {
    Experiment experiment = new Experiment(collector, "gap", 4);
    cluster.publish(experiment.finish(0));
    cluster.publish(experiment.finish(2));
    cluster.publish(experiment.fail(3, "no bars for S07"));
    JsonNode collection =
        await()
            .atMost(PATIENCE)
            .until(
                () -> collection(collector, experiment),
                c -> c.get("collected").asInt() == 2 && c.get("missing").size() == 1);

    assertThat(collection.get("complete").asBoolean()).isFalse();
    JsonNode missing = collection.get("missing").get(0);
    assertThat(missing.get("task").asString()).isEqualTo(experiment.tasks.get(1).id());
    assertThat(missing.get("state").asString()).isEqualTo("waiting");
    assertThat(missing.get("test").toString()).isEqualTo("[\"2020-01-10\",\"2020-01-14\"]");
    JsonNode failed = collection.get("failed").get(0);
    assertThat(failed.get("task").asString()).isEqualTo(experiment.tasks.get(3).id());
    assertThat(failed.get("message").asString()).contains("no bars for S07");

    HttpResponse<byte[]> refused = series(collector, experiment, "pred", ARROW);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue(PROBLEM);
    JsonNode problem = json(refused.body());
    assertThat(problem.get("detail").asString())
        .contains("1 of its 4 windows are missing and 1 failed")
        .contains("?partial=true");
    assertThat(problem.get("missing")).isEqualTo(collection.get("missing"));
    assertThat(problem.get("failed")).isEqualTo(collection.get("failed"));

    HttpResponse<byte[]> part = series(collector, experiment, "pred?partial=true", ARROW);
    ScoreTable predictions = ArrowTables.read(ok(part));
    assertThat(part.headers().firstValue("Windrow-Partial")).hasValue("true");
    assertThat(predictions.metadata()).containsEntry("windrow.partial", "true");
    assertThat(rows(predictions.series())).isEqualTo(rows(experiment.rolled(0, 2)));
    HttpResponse<byte[]> partJson = series(collector, experiment, "pred?partial=true", JSON);
    assertThat(partJson.headers().firstValue("Windrow-Partial")).hasValue("true");
  }

  @Test
  void putsWindowsTogetherAsTheCallerSays() {
    Experiment experiment = new Experiment(collector, "choice", 2);
    cluster.publish(experiment.finish(0));
    cluster.publish(experiment.finish(1));
    JsonNode declared = awaitComplete(collector, experiment);
    assertThat(declared.get("collect").toString())
        .isEqualTo(
            "{\"ensemble\":[\"rolling\"],\"key\":[\"model.class\"],"
                + "\"artifacts\":[\"pred\",\"label\"]}");

    JsonNode apart = collection(collector, experiment, "?ensemble=");
    assertThat(apart.get("groups").size()).isEqualTo(2);
    assertThat(apart.get("groups").get(1).get("key").toString())
        .isEqualTo("[\"LGBModel\",\"2020-01-10..2020-01-14\"]");

    JsonNode average = collection(collector, experiment, "?ensemble=rolling,average");
    assertThat(average.get("groups").size()).isEqualTo(1);
    assertThat(average.get("groups").get(0).get("key").isEmpty()).isTrue();
    ScoreTable predictions =
        ArrowTables.read(ok(series(collector, experiment, "pred?ensemble=rolling,average", ARROW)));
    assertThat(rows(predictions.series()))
        .isEqualTo(rows(AverageEnsemble.average(List.of(experiment.rolled(0, 1)))));
    assertThat(average.get("groups").get(0).get("statistics").get("IC").asDouble())
        .as("a series standardised by day has the same IC")
        .isCloseTo(
            declared.get("groups").get(0).get("statistics").get("IC").asDouble(), within(1e-12));

    assertThat(
            collection(collector, experiment, "?key=record&ensemble=rolling,single")
                .get("groups")
                .get(0)
                .get("key")
                .isEmpty())
        .isTrue();
    HttpResponse<byte[]> label = series(collector, experiment, "label?artifacts=pred", ARROW);
    assertThat(label.statusCode()).isEqualTo(404);
    assertThat(json(label.body()).get("detail").asString()).contains("?artifacts=pred,label");
  }

  @Test
  void losesNothingWhileTheStoreIsAway(@TempDir Path data) {
    TaskFinished message =
        new TaskFinished(
            1, "task-of-the-outage", 5, TaskState.DONE, "p", "e", "s", "rec", Map.of("IC", 0.5));
    EmbeddedStore before = EmbeddedStore.persistent(data, 0);
    try (ConfigurableApplicationContext patient =
        cluster.collectorOn(
            before.uri() + "?serverSelectionTimeoutMS=500",
            "outage",
            NEVER_AGAIN,
            "--windrow.collector.retry-up-to=500ms")) {
      awaitNoLag(patient);
      before.close();
      cluster.publish(message);

      HttpResponse<byte[]> answer =
          cluster.get(patient, "/api/v1/collections/submission-outage", JSON);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
      assertThat(json(answer.body()).get("detail").asString()).contains("MongoDB");
      assertThat(cluster.get(patient, "/actuator/health", JSON).statusCode()).isEqualTo(503);
      await().atMost(PATIENCE).until(() -> lag(patient) == 1);

      try (EmbeddedStore after = EmbeddedStore.persistent(data, before.port())) {
        await().atMost(PATIENCE).until(() -> lag(patient) == 0);
        assertThat(
                patient
                    .getBean(CollectedStore.class)
                    .find(List.of(message.taskId()))
                    .blockLast(PATIENCE))
            .as("on port %d", after.port())
            .extracting(Collected::version, Collected::recorder)
            .containsExactly(5L, "rec");
      }
    } finally {
      before.close();
    }
  }

  @Test
  void refusesToStartWithoutItsStoreOrItsPort() {
    assertThatThrownBy(
            () ->
                cluster.collectorOn(
                    "mongodb://127.0.0.1:1/windrow", "nowhere", "--windrow.startup.wait=300ms"))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("MongoDB at 127.0.0.1:1");

    String taken =
        Objects.requireNonNull(collector.getEnvironment().getProperty("local.server.port"));
    assertThatThrownBy(() -> cluster.collector("taken", "--server.port=" + taken))
        .hasCauseInstanceOf(PortInUseException.class)
        .hasStackTraceContaining("Port " + taken + " is already in use");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/collections/nobody, application/json, 404, no submission",
    "/api/v1/collections/nobody/groups/0/pred, application/vnd.apache.arrow.file, 404, Submit the",
    "/api/v1/collections/submission-errors/groups/9/pred?partial=true, */*, 404, numbered from 0",
    "/api/v1/collections/submission-errors/groups/0/model, */*, 404, 'pred, label, ic, quantiles'",
    "/api/v1/collections/submission-errors/groups/zero/pred, */*, 400, ''",
    "/api/v1/collections/submission-errors/groups/0/pred, text/csv, 406, ''",
    "/api/v1/elsewhere, */*, 404, ''",
    "/api/v1/collections/submission-errors?ensemble=averge, */*, 400, did you mean 'average'",
    "'/api/v1/collections/submission-errors?ensemble=average,rolling', */*, 400, must come first",
    "/api/v1/collections/submission-errors?key=modle.class, */*, 400, did you mean 'model.class'",
    "/api/v1/collections/submission-errors?artifacts=prde, */*, 400, did you mean 'pred'",
  })
  void answersErrorsAsProblems(String path, String accept, int status, String words) {
    HttpResponse<byte[]> answer = cluster.get(collector, path, accept);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
    assertThat(json(answer.body()).get("status").asInt()).isEqualTo(status);
    assertThat(json(answer.body()).get("detail").asString()).contains(words);
  }

  @Test
  void tellsItsHealthAndItsMetrics() {
    assertThat(json(ok(cluster.get(collector, "/actuator/health", JSON))).get("status").asString())
        .isEqualTo("UP");
    assertThat(new String(ok(cluster.get(collector, "/actuator/prometheus", "*/*")), UTF_8))
        .contains(
            "windrow_collector_lag",
            "windrow_collector_received_total",
            "windrow_collector_reconciled_total",
            "windrow_collector_results_total{outcome=\"upserted\"}");
  }

  /** Lets a collector see an experiment complete, so that it need not look at it again. */
  private static JsonNode settle(ConfigurableApplicationContext live, Experiment experiment) {
    JsonNode complete = awaitComplete(live, experiment);
    awaitNoLag(live);
    live.getBean(Reconciler.class).reconcile().block(PATIENCE);
    return complete;
  }

  private static JsonNode awaitComplete(
      ConfigurableApplicationContext collector, Experiment experiment) {
    return await()
        .atMost(PATIENCE)
        .until(() -> collection(collector, experiment), c -> c.get("complete").asBoolean());
  }

  private static void awaitNoLag(ConfigurableApplicationContext collector) {
    await().atMost(PATIENCE).until(() -> cluster.lag(collector) == 0);
  }

  private static double lag(ConfigurableApplicationContext collector) {
    return collector.getBean(MeterRegistry.class).get("windrow.collector.lag").gauge().value();
  }

  private static JsonNode collection(
      ConfigurableApplicationContext collector, Experiment experiment) {
    return json(ok(cluster.get(collector, "/api/v1/collections/" + experiment.id(), JSON)));
  }

  private static JsonNode collection(
      ConfigurableApplicationContext collector, Experiment experiment, String query) {
    return json(ok(cluster.get(collector, "/api/v1/collections/" + experiment.id() + query, JSON)));
  }

  private static HttpResponse<byte[]> series(
      ConfigurableApplicationContext collector, Experiment experiment, String what, String accept) {
    return cluster.get(
        collector, "/api/v1/collections/" + experiment.id() + "/groups/0/" + what, accept);
  }

  private static byte[] ok(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
    return response.body();
  }

  private static JsonNode json(byte[] body) {
    return JsonMapper.builder().build().readTree(body);
  }

  private static double count(ConfigurableApplicationContext collector, String outcome) {
    return collector
        .getBean(MeterRegistry.class)
        .get("windrow.collector.results")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private static double counter(ConfigurableApplicationContext collector, String name) {
    return collector.getBean(MeterRegistry.class).get(name).counter().count();
  }

  private static TaskFinished older(TaskFinished message) {
    return new TaskFinished(
        1,
        message.taskId(),
        message.version() - 1,
        TaskState.FAILED,
        message.pool(),
        message.experiment(),
        message.submission(),
        null,
        Map.of());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String key) {
    return new String(record.headers().lastHeader(key).value(), UTF_8);
  }

  private static List<String> rows(ScoreSeries series) {
    return IntStream.range(0, series.size())
        .mapToObj(i -> series.date(i) + " " + series.instrument(i) + " " + series.value(i))
        .toList();
  }
}
