package io.windrow.coordinator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.coordinator.Api.Answer;
import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.workflow.MarketFolder;
import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.message.TaskFinished;
import io.windrow.message.Topics;
import io.windrow.message.UndecodableMessage;
import io.windrow.pool.ClaimResult;
import io.windrow.pool.Submission;
import io.windrow.pool.TaskQuery;
import io.windrow.store.StoreSettings;
import io.windrow.store.WindrowStore;
import io.windrow.task.Outcome;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The coordinator as it runs, between a real broker and a real store. Each test has a queue. */
class CoordinatorIT {
  private static final Duration SOON = Duration.ofMinutes(3);

  /** So long that no submission is taken for one that was left in the middle. */
  private static final Duration RESUME = Duration.ofSeconds(5);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore embedded;
  private static MongoClient client;
  private static WindrowStore store;
  private static ConfigurableApplicationContext coordinator;
  private static Api api;

  @BeforeAll
  static void start() {
    MarketFolder.create(folder, "market", NyseCalendar.days());
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    embedded = EmbeddedStore.inMemory();
    client = MongoClients.create(embedded.uri());
    store =
        new WindrowStore(
            client, EmbeddedStore.DATABASE, StoreSettings.defaults(), Clock.systemUTC());
    coordinator = CoordinatorApplication.start(settings("--server.port=0"));
    api = new Api(port(coordinator));
  }

  @AfterAll
  static void stop() {
    coordinator.close();
    client.close();
    embedded.close();
    broker.close();
  }

  private static String[] settings(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--spring.mongodb.uri=" + embedded.uri(),
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--windrow.data.roots=" + folder,
                "--logging.level.de.bwaldvogel=ERROR",
                "--logging.level.kafka=WARN",
                "--windrow.lease=2s",
                "--windrow.coordinator.leader-lease=2s",
                "--windrow.coordinator.resume-after=" + RESUME.toSeconds() + "s",
                "--windrow.coordinator.publish-after=1s",
                "--windrow.coordinator.dispatch.reannounce-after=1s"));
    settings.addAll(List.of(more));
    return settings.toArray(String[]::new);
  }

  private static int port(ConfigurableApplicationContext context) {
    return requireNonNull(context.getEnvironment().getProperty("local.server.port", Integer.class));
  }

  /** A workflow of 22 windows with names of its own. */
  private static String workflow(String name) {
    String file = WorkflowText.with("step: 550", "step: 42");
    file = WorkflowText.replace(file, "pool: nightly", "pool: " + name);
    file = WorkflowText.replace(file, "experiment: us-rolling", "experiment: " + name);
    return WorkflowText.replace(file, "queue: research", "queue: " + name);
  }

  @Test
  void announcesWhatIsSubmitted() {
    Answer answer = api.submit(workflow("announce"));

    assertThat(answer.status()).isEqualTo(201);
    JsonNode receipt = answer.json();
    assertThat(receipt.get("tasks").asInt()).isEqualTo(22);
    assertThat(receipt.get("inserted").asInt()).isEqualTo(22);
    assertThat(receipt.get("calendarEnd").asString()).isEqualTo("2021-04-21");
    try (QueueReader queue = new QueueReader(broker.bootstrapServers(), "announce")) {
      List<TaskAnnounced> announced = awaitAnnouncements(queue, 22);
      assertThat(announced).extracting(TaskAnnounced::taskId).doesNotHaveDuplicates();
      assertThat(claim(announced.get(0))).isInstanceOf(ClaimResult.Claimed.class);
      Task task = requireNonNull(store.pool().find(announced.get(0).taskId()).block());
      assertThat(task.seq()).isZero();
      assertThat(task.priority()).isEqualTo(5);
      assertThat(task.terms().maxAttempts()).isEqualTo(2);
    }
  }

  @Test
  void saysWhatAWorkflowWouldGiveAndStoresNothing() {
    String file = workflow("dry") + "    grid: {model.kwargs.learning_rate: [0.05, 0.1]}\n";

    Answer answer = api.post("/api/v1/generations?limit=3", "application/yaml", file);

    assertThat(answer.status()).isEqualTo(200);
    JsonNode generation = answer.json();
    assertThat(generation.get("tasks").asInt()).isEqualTo(44);
    assertThat(generation.get("calendarEnd").asString()).isEqualTo("2021-04-21");
    assertThat(generation.get("key").toString())
        .isEqualTo("[\"model.class\",\"model.kwargs.learning_rate\"]");
    assertThat(generation.get("listed")).hasSize(3);
    JsonNode second = generation.get("listed").get(1);
    assertThat(second.get("seq").asInt()).isEqualTo(1);
    assertThat(second.get("key").toString()).isEqualTo("[\"LGBModel\",0.05]");
    assertThat(second.at("/definition/dataset/kwargs/segments/test").toString())
        .isEqualTo("[\"2017-03-06\",\"2017-05-03\"]");
    String submission = generation.get("submission").asString();
    assertThat(api.get("/api/v1/submissions/" + submission).status()).isEqualTo(404);
    assertThat(api.get("/api/v1/tasks?pool=dry").status()).isEqualTo(404);

    JsonNode receipt = api.submit(file).json();

    assertThat(receipt.get("submission").asString()).isEqualTo(submission);
    assertThat(receipt.get("inserted").asInt()).isEqualTo(44);
    assertThat(api.get("/api/v1/tasks/" + second.get("id").asString()).json().get("seq").asInt())
        .isEqualTo(1);
  }

  @Test
  void aDryRunNamesMistakesAsASubmissionDoes() {
    String file = workflow("dry-bad") + "    grid: {model.class: [LGBModell]}\n";

    Answer bad = api.post("/api/v1/generations", "application/yaml", file);

    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().at("/problems/0/path").asString())
        .isEqualTo("windrow.grid.model.class.0");
    assertThat(api.post("/api/v1/generations?limit=0", "text/plain", file).status()).isEqualTo(400);
  }

  @Test
  void submittingAgainAddsNothing() {
    JsonNode first = api.submit(workflow("again")).json();

    Answer second = api.submit(workflow("again"));

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().get("inserted").asInt()).isZero();
    assertThat(second.json().get("submission")).isEqualTo(first.get("submission"));
    assertThat(tasks("again")).hasSize(22);
  }

  @Test
  void rejectedWorkflowLeavesNothing() {
    String file = WorkflowText.replace(workflow("reject"), "step: 42", "step: 0");
    file = WorkflowText.replace(file, "class: LGBModel", "class: LGBModle");
    file = WorkflowText.replace(file, "priority: 5", "priority: high");

    Answer answer = api.submit(file);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    JsonNode problems = answer.json().get("problems");
    assertThat(problems.size()).isEqualTo(3);
    assertThat(problems.get(0).get("line").asInt())
        .isEqualTo(WorkflowText.line(file, "class: LGBModle"));
    assertThat(problems.get(0).get("path").asString()).isEqualTo("task.model.class");
    assertThat(problems.get(0).get("message").asString()).contains("did you mean 'LGBModel'?");
    assertThat(tasks("reject")).isEmpty();
    assertThat(api.get("/api/v1/submissions?limit=1000").text()).doesNotContain("reject");
  }

  @Test
  void showsSubmissionsPoolsAndTasks() {
    String id = api.submit(workflow("show")).json().get("submission").asString();

    JsonNode submission = api.get("/api/v1/submissions/" + id).json();
    assertThat(submission.get("state").asString()).isEqualTo("inserted");
    assertThat(submission.get("tasks").asInt()).isEqualTo(22);
    assertThat(submission.get("createdAt").asString()).endsWith("Z");
    assertThat(sum(submission.get("counts"))).isEqualTo(22);
    assertThat(api.get("/api/v1/submissions?limit=1000").text()).contains(id);
    assertThat(api.get("/api/v1/pools").text()).contains("{\"pool\":\"show\",\"counts\":{\"wait");

    JsonNode tasks = api.get("/api/v1/tasks?submission=" + id + "&limit=3").json();
    assertThat(tasks.size()).isEqualTo(3);
    JsonNode task = api.get("/api/v1/tasks/" + tasks.get(1).get("id").asString()).json();
    assertThat(task.get("seq").asInt()).isEqualTo(1);
    assertThat(task.get("model").asString()).isEqualTo("LGBModel");
    assertThat(task.get("segments").get("test").get(0).asString()).isEqualTo("2017-03-06");
    assertThat(task.get("worker").isNull()).isTrue();
    assertThat(api.get("/api/v1/tasks?pool=show&state=done").json().size()).isZero();
  }

  /** An answer at once, after one that took a while, used to leave the connection unread. */
  @Test
  void answersEachOfManyRequests() {
    for (int i = 0; i < 300; i++) {
      assertThat(api.get("/api/v1/tasks/none").status()).isEqualTo(404);
      assertThat(api.get("/api/v1/tasks?limit=0").status()).isEqualTo(400);
    }
  }

  @Test
  void answersErrorsAsProblems() {
    assertProblem(api.get("/api/v1/nothing"), 404);
    assertProblem(api.get("/api/v1/submissions/none"), 404);
    assertProblem(api.get("/api/v1/tasks/none"), 404);
    assertProblem(api.get("/api/v1/tasks?state=wating"), 400);
    assertProblem(api.get("/api/v1/tasks?limit=0"), 400);
    assertProblem(api.get("/api/v1/tasks?limit=many"), 400);
    assertProblem(api.delete("/api/v1/submissions"), 405);
    assertProblem(api.post("/api/v1/submissions", "application/pdf", "x"), 415);
    assertProblem(api.submit("# " + "x".repeat(1 << 20)), 413);
    assertProblem(api.submit(""), 400);
    assertThat(api.get("/api/v1/tasks?state=wating").text()).contains("did you mean 'waiting'?");
  }

  @Test
  void takesBaseFilesAndVariables() {
    String file = workflow("bases");
    String own = "BASE_CONFIG_PATH: base.yaml\nwindrow: {pool: '{{ POOL }}'}\n";
    Map<String, Object> request =
        Map.of("file", "own.yaml", "workflow", own, "variables", Map.of("POOL", "bases-of-mine"));

    Answer needs = api.postJson("/api/v1/submissions", request);
    assertProblem(needs, 400);
    assertThat(needs.json().get("needs").asString()).isEqualTo("base.yaml");
    assertThat(needs.json().get("problems").get(0).get("line").asInt()).isEqualTo(1);

    Map<String, Object> whole =
        Map.of(
            "file",
            "own.yaml",
            "workflow",
            own,
            "bases",
            Map.of("base.yaml", file),
            "variables",
            Map.of("POOL", "bases-of-mine"));
    assertThat(api.postJson("/api/v1/workflows/validate", whole).json().get("valid").asBoolean())
        .isTrue();
    assertThat(tasks("bases-of-mine")).isEmpty();
    JsonNode receipt = api.postJson("/api/v1/submissions", whole).json();
    assertThat(receipt.get("inserted").asInt()).isEqualTo(22);
    assertThat(receipt.get("warnings")).isEmpty();
    assertThat(tasks("bases-of-mine")).hasSize(22);

    // What is stored says the same alone: a sweep can go on from it.
    Submission stored =
        requireNonNull(store.submissions().find(receipt.get("submission").asString()).block());
    assertThat(api.submit(stored.source()).json().get("submission").asString())
        .isEqualTo(stored.id());
  }

  @Test
  void validatesWithoutStoring() {
    String file =
        workflow("validated")
            .replace("instruments: *market", "instruments: *market\n    freq: 1min");
    assertThat(file).contains("freq: 1min");
    Answer answer = api.post("/api/v1/workflows/validate?data=false", "application/yaml", file);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("valid").asBoolean()).as(answer.text()).isTrue();
    assertThat(answer.json().get("runnable").asBoolean()).isFalse();
    assertThat(answer.json().get("problems").get(0).has("file")).isFalse();
    assertProblem(api.submit(file), 400);
    assertThat(tasks("validated")).isEmpty();
  }

  @Test
  void refusesRequestsThatAreNone() {
    for (String body :
        List.of(
            "{",
            "[]",
            "null",
            "{}",
            "{\"workflow\": 5, \"bases\": []}",
            "{\"workflow\": \"a\", \"bases\": {\"b\": null}}",
            "{\"workflow\": \"a\", \"variables\": {\"b\": null}}",
            "{\"workflow\": \"a\", \"variables\": {\"b\": {\"c\": 1}}}",
            "{\"workflow\": \"a\", \"file\": \"../b\"}",
            "{\"workflow\": \"a\", \"file\": \"\\u0000\"}",
            "{\"bases\":" + "[".repeat(10_000))) {
      assertProblem(api.post("/api/v1/submissions", "application/json", body), 400);
      assertProblem(api.post("/api/v1/workflows/validate", "application/json", body), 400);
    }
    assertProblem(api.post("/api/v1/workflows/validate?data=maybe", "application/yaml", "a"), 400);
  }

  private static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/problem+json");
    assertThat(answer.json().get("status").asInt()).isEqualTo(status);
    assertThat(answer.json().get("detail").asString()).isNotBlank();
  }

  @Test
  void announcesLostRecordsAgainUnderTheSameVersion() {
    api.submit(workflow("lost"));
    try (QueueReader thief = new QueueReader(broker.bootstrapServers(), "lost")) {
      List<TaskAnnounced> stolen = awaitAnnouncements(thief, 22);

      List<TaskAnnounced> all =
          await()
              .atMost(SOON)
              .until(
                  thief::announcements,
                  seen -> stolen.stream().allMatch(each -> Collections.frequency(seen, each) > 1));

      assertThat(Set.copyOf(all)).isEqualTo(Set.copyOf(stolen));
      assertThat(claim(stolen.get(3))).isInstanceOf(ClaimResult.Claimed.class);
      assertThat(claim(all.get(all.lastIndexOf(stolen.get(3)))))
          .isInstanceOf(ClaimResult.Stale.class);
    }
  }

  @Test
  void announcesAgainAfterTheBrokerLostItsTopic() throws Exception {
    api.submit(workflow("wiped"));
    await().atMost(SOON).until(() -> count("wiped", TaskState.QUEUED) == 22);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteTopics(List.of(Topics.tasks("wiped"))).all().get();
    }

    try (QueueReader queue = new QueueReader(broker.bootstrapServers(), "wiped")) {
      assertThat(awaitAnnouncements(queue, 22))
          .extracting(TaskAnnounced::taskId)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void doesNotAnnounceAQueueThatNobodyReadsAgainAndAgain() throws Exception {
    api.submit(workflow("idle"));
    await().atMost(SOON).until(() -> count("idle", TaskState.QUEUED) == 22);

    // Three times as long as it takes for a record to be looked after.
    await().atMost(SOON).pollDelay(Duration.ofSeconds(3)).until(() -> true);

    TopicPartition partition = new TopicPartition(Topics.tasks("idle"), 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.latest()))
                  .partitionResult(partition)
                  .get()
                  .offset())
          .isEqualTo(22);
    }
  }

  @Test
  void announcesATaskAgainWhenItsLeaseRanOut() {
    api.submit(workflow("lease"));
    try (QueueReader queue = new QueueReader(broker.bootstrapServers(), "lease")) {
      TaskAnnounced first = awaitAnnouncements(queue, 22).get(0);
      assertThat(claim(first)).isInstanceOf(ClaimResult.Claimed.class);

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(queue.announcements())
                      .anyMatch(
                          again ->
                              again.taskId().equals(first.taskId())
                                  && again.version() > first.version()));

      Task task = requireNonNull(store.pool().find(first.taskId()).block());
      assertThat(task.history())
          .singleElement()
          .satisfies(attempt -> assertThat(attempt.outcome()).isEqualTo("expired"));
      assertThat(api.get("/actuator/prometheus").text())
          .contains("windrow_lease_expired_total{queue=\"lease\"}");
    }
  }

  @Test
  void publishesResultsThatTheirWorkerDidNot() throws UndecodableMessage {
    api.submit(workflow("outbox"));
    try (QueueReader queue = new QueueReader(broker.bootstrapServers(), "outbox");
        KafkaConsumer<byte[], byte[]> results = results()) {
      ClaimResult claimed = claim(awaitAnnouncements(queue, 22).get(0));
      var claim = ((ClaimResult.Claimed) claimed).claim();
      store.pool().commit(claim, new Outcome.Succeeded(Map.of("IC", 0.05))).block();

      List<TaskFinished> published = new ArrayList<>();
      await()
          .atMost(SOON)
          .until(
              () -> {
                for (ConsumerRecord<byte[], byte[]> r : results.poll(Duration.ofMillis(200))) {
                  published.add(new MessageCodec().finished(r.value()));
                }
                return published.stream()
                    .anyMatch(result -> result.taskId().equals(claim.task().id()));
              });

      assertThat(published)
          .filteredOn(result -> result.taskId().equals(claim.task().id()))
          .singleElement()
          .satisfies(
              result -> {
                assertThat(result.state()).isEqualTo(TaskState.DONE);
                assertThat(result.recorder()).isEqualTo(claim.recorderId());
                assertThat(result.metrics()).isEqualTo(Map.of("IC", 0.05));
              });
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(store.pool().unpublished(Duration.ZERO, 10).collectList().block())
                      .isEmpty());
    }
  }

  @Test
  void finishesTheSubmissionOfADeadCoordinator() {
    JsonNode whole = api.submit(workflow("resume")).json();
    Submission source =
        requireNonNull(store.submissions().find(whole.get("submission").asString()).block());
    Mono.from(store.database().getCollection("tasks").deleteMany(new Document("pool", "resume")))
        .block();
    setState(source.id(), "inserting");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(store.submissions().find(source.id()).block())
                    .extracting(Submission::state)
                    .isEqualTo(Submission.State.INSERTED));
    assertThat(tasks("resume")).extracting(Task::id).containsExactlyElementsOf(source.taskIds());
  }

  @Test
  void leavesASubmissionAloneWhoseTasksWouldBeOthers() {
    Submission other =
        new Submission(
            "of-another-calendar",
            "other",
            "other",
            "other",
            workflow("other"),
            LocalDate.of(2019, 12, 31),
            List.of("t1"),
            Map.of(),
            Submission.State.INSERTING,
            Instant.now().minusSeconds(60));
    store.submissions().begin(other).block();

    await().atMost(SOON).pollDelay(RESUME.multipliedBy(2).plusSeconds(1)).until(() -> true);

    assertThat(tasks("other")).isEmpty();
    assertThat(api.get("/api/v1/submissions/of-another-calendar").json().get("state").asString())
        .isEqualTo("inserting");
    setState(other.id(), "inserted");
  }

  @Test
  void reportsHealthAndMetrics() {
    api.submit(workflow("metrics"));

    assertThat(api.get("/actuator/health").json().get("status").asString()).isEqualTo("UP");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              String metrics = api.get("/actuator/prometheus").text();
              assertThat(metrics).contains("windrow_queue_demand{queue=\"metrics\"} 22.0");
              assertThat(metrics).contains("windrow_queue_oldest_age_seconds{queue=\"metrics\"}");
              assertThat(
                      metrics
                          .lines()
                          .filter(line -> line.startsWith("windrow_tasks{pool=\"metrics\""))
                          .mapToDouble(
                              line -> Double.parseDouble(line.substring(line.indexOf('}') + 2)))
                          .sum())
                  .isEqualTo(22);
            });
  }

  @Test
  void anotherCoordinatorWaitsAndTakesOver() {
    try (ConfigurableApplicationContext second =
        CoordinatorApplication.start(settings("--server.port=0"))) {
      JsonNode receipt = new Api(port(second)).submit(workflow("second")).json();
      assertThat(receipt.get("inserted").asInt()).isEqualTo(22);
    }
    try (QueueReader queue = new QueueReader(broker.bootstrapServers(), "second")) {
      assertThat(awaitAnnouncements(queue, 22)).hasSize(22);
    }
  }

  @Test
  void saysThatItsPortIsInUse() {
    assertThatThrownBy(
            () -> CoordinatorApplication.start(settings("--server.port=" + port(coordinator))))
        .hasStackTraceContaining(PortInUseException.class.getName());
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThatThrownBy(
            () ->
                CoordinatorApplication.start(
                    settings("--server.port=0", "--windrow.coordinator.dispatch.window=0")))
        .hasRootCauseMessage("windrow.coordinator.dispatch.window must be 1 to 1000, is '0'");
  }

  private static void setState(String submission, String state) {
    Mono.from(
            store
                .database()
                .getCollection("submissions")
                .updateOne(
                    new Document("_id", submission),
                    new Document("$set", new Document("state", state))))
        .block();
  }

  private static List<TaskAnnounced> awaitAnnouncements(QueueReader queue, int number) {
    return await()
        .atMost(SOON)
        .until(queue::announcements, announcements -> announcements.size() >= number)
        .subList(0, number);
  }

  private static ClaimResult claim(TaskAnnounced announced) {
    return requireNonNull(
        store.pool().claim(announced.taskId(), announced.version(), "tester").block());
  }

  private static List<Task> tasks(String pool) {
    return requireNonNull(
        store.pool().find(new TaskQuery(pool, null, Set.of(), 1000)).collectList().block());
  }

  private static long count(String pool, TaskState state) {
    return tasks(pool).stream().filter(task -> task.state() == state).count();
  }

  private static long sum(JsonNode counts) {
    return counts.properties().stream().mapToLong(entry -> entry.getValue().asLong()).sum();
  }

  private static KafkaConsumer<byte[], byte[]> results() {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "results-of-the-test",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(Topics.RESULTS));
    return consumer;
  }
}
