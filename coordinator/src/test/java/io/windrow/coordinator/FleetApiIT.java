package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.coordinator.Api.Answer;
import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.fleet.Presence;
import io.windrow.store.WindrowStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Workers and queues over HTTP; the test writes the presence of workers, as they would. */
class FleetApiIT {
  private static final Duration SOON = Duration.ofMinutes(3);
  @TempDir static Path folder;
  private static RunningCoordinator running;
  private static WindrowStore store;
  private static Api api;

  @BeforeAll
  static void start() {
    running = RunningCoordinator.start(folder);
    api = running.api();
    store = running.tasks();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void a_worker_is_listed_drained_and_forgotten_by_the_clock_of_the_store() {
    store.workers().join(presence("fleet-w1", "fleet-q", false)).block();

    JsonNode worker = api.get("/api/v1/workers/fleet-w1").json();
    assertThat(worker.get("state").asString()).isEqualTo("live");
    assertThat(worker.get("slots").asInt()).isEqualTo(4);
    assertThat(worker.get("tasks").get(0).asString()).isEqualTo("t1");
    assertThat(worker.get("silenceSeconds").asDouble()).isBetween(0.0, 100.0);
    assertThat(api.get("/api/v1/workers?queue=fleet-q").json()).hasSize(1);
    assertThat(api.get("/api/v1/workers?queue=no-such").json()).isEmpty();

    Answer drained = api.post("/api/v1/workers/fleet-w1/drain");
    assertThat(drained.status()).isEqualTo(200);
    assertThat(drained.json().get("state").asString()).isEqualTo("draining");
    assertThat(store.workers().beat(presence("fleet-w1", "fleet-q", true)).block()).isTrue();
    assertThat(state("fleet-w1")).isEqualTo("drained");
    assertThat(api.post("/api/v1/workers/fleet-w1/undrain").json().get("drain").asBoolean())
        .isFalse();

    silent("fleet-w1", Duration.ofSeconds(30));
    assertThat(state("fleet-w1")).isEqualTo("stale");
    silent("fleet-w1", Duration.ofMinutes(3));
    assertThat(state("fleet-w1")).isEqualTo("gone");
    Answer gone = api.post("/api/v1/workers/fleet-w1/drain");
    assertThat(gone.status()).isEqualTo(409);
    assertThat(gone.json().get("detail").asString()).contains("is gone");
    silent("fleet-w1", Duration.ofHours(2));
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> api.get("/api/v1/workers/fleet-w1").status() == 404);
  }

  @Test
  void what_ended_is_told_for_each_ten_seconds() {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> !api.get("/api/v1/throughput").json().get("points").isEmpty());

    JsonNode throughput = api.get("/api/v1/throughput").json();
    assertThat(throughput.get("seconds").asInt()).isEqualTo(10);
    JsonNode point = throughput.get("points").get(0);
    assertThat(Instant.parse(point.get("at").asString()).getEpochSecond() % 10).isZero();
    assertThat(point.get("done").asLong()).isZero();
    assertThat(point.get("failed").asLong()).isZero();
    assertThat(point.get("running").asLong()).isZero();
  }

  @Test
  void an_unknown_worker_is_a_404_that_names_what_begins_alike() {
    store.workers().join(presence("machine-1-4711", "some-q", false)).block();

    for (Answer answer :
        List.of(
            api.get("/api/v1/workers/machine-2"), api.post("/api/v1/workers/machine-2/drain"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.type()).startsWith("application/problem+json");
      assertThat(answer.json().get("detail").asString())
          .isEqualTo("There is no worker 'machine-2'. These begin alike: machine-1-4711.");
    }
  }

  @Test
  void a_queue_without_a_live_worker_is_unserved() {
    assertThat(api.submit(workflow("lonely")).status()).isEqualTo(201);
    await().atMost(SOON).until(() -> queue("lonely").get("demand").asInt() == 22);
    JsonNode lonely = queue("lonely");
    assertThat(lonely.get("unserved").asBoolean()).isTrue();
    assertThat(lonely.get("workers").asInt()).isZero();
    assertThat(
            lonely.get("counts").get("waiting").asInt()
                + lonely.get("counts").get("queued").asInt())
        .isEqualTo(22);
    metersTell(
        "windrow_queue_workers{queue=\"lonely\"} 0.0",
        "windrow_queue_slots{queue=\"lonely\",state=\"busy\"} 0.0",
        "windrow_queue_slots{queue=\"lonely\",state=\"free\"} 0.0");

    Presence lonelyWorker = presence("lonely-w", "lonely", false);
    store.workers().join(lonelyWorker).block();

    JsonNode served = queue("lonely");
    assertThat(served.get("unserved").asBoolean()).isFalse();
    assertThat(served.get("workers").asInt()).isEqualTo(1);
    assertThat(served.get("slots").asInt()).isEqualTo(4);
    assertThat(served.get("busy").asInt()).isEqualTo(1);
    metersTell(
        () -> store.workers().beat(lonelyWorker).block(),
        "windrow_queue_workers{queue=\"lonely\"} 1.0",
        "windrow_queue_slots{queue=\"lonely\",state=\"busy\"} 1.0",
        "windrow_queue_slots{queue=\"lonely\",state=\"free\"} 3.0");
    api.post("/api/v1/workers/lonely-w/drain");
    assertThat(queue("lonely").get("unserved").asBoolean()).isTrue();
    store.workers().drain("lonely-w", false).block();
    api.post("/api/v1/pools/lonely/pause");
    await().atMost(SOON).until(() -> queue("lonely").get("demand").asInt() == 0);
    assertThat(api.get("/api/v1/queues").json().valueStream().map(q -> q.get("queue").asString()))
        .contains("lonely");
  }

  @Test
  void a_limit_of_a_queue_that_nobody_uses_is_set_and_doubted() {
    assertThat(api.submit(workflow("used-queue")).status()).isEqualTo(201);
    await().atMost(SOON).until(() -> api.get("/api/v1/queues/used-queue").status() == 200);

    Answer used = api.put("/api/v1/queues/used-queue/limit?max_running=3");
    assertThat(used.json().get("note").isNull()).isTrue();
    Answer misspelt = api.put("/api/v1/queues/used-quee/limit?max_running=3");

    assertThat(misspelt.status()).isEqualTo(200);
    assertThat(misspelt.json().get("maxRunning").asInt()).isEqualTo(3);
    assertThat(misspelt.json().get("note").asString())
        .startsWith("Nothing is on a queue 'used-quee' and no worker serves it")
        .contains("did you mean 'used-queue'?");
    assertThat(queue("used-quee").get("maxRunning").asInt()).isEqualTo(3);
    Answer unknown = api.get("/api/v1/queues/no-such-queue-at-all");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().get("detail").asString()).contains("Queues are: ");
  }

  @Test
  void two_submissions_and_a_file_are_compared() {
    String before = api.submit(workflow("diff")).json().get("submission").asString();
    String changed = WorkflowText.replace(workflow("diff"), "step: 42", "step: 21");
    JsonNode planned =
        api.post("/api/v1/workflows/diff?against=" + before, "application/yaml", changed).json();
    String after = api.submit(changed).json().get("submission").asString();

    JsonNode diff = api.get("/api/v1/submissions/" + after + "/diff?against=" + before).json();

    assertThat(diff).isEqualTo(planned);
    assertThat(diff.get("changed")).hasSize(1);
    assertThat(diff.at("/changed/0/path").asString()).endsWith("rolling.step");
    assertThat(diff.at("/changed/0/before").asInt()).isEqualTo(42);
    assertThat(diff.at("/changed/0/after").asInt()).isEqualTo(21);
    assertThat(diff.at("/tasks/equal").asInt() + diff.at("/tasks/gone").asInt()).isEqualTo(22);
    assertThat(diff.at("/tasks/fresh").asInt()).isGreaterThan(22);
    JsonNode same = api.get("/api/v1/submissions/" + after + "/diff?against=" + after).json();
    assertThat(same.get("changed")).isEmpty();
    assertThat(same.at("/tasks/fresh").asInt()).isZero();
    assertThat(api.get("/api/v1/submissions/" + after + "/diff?against=none").status())
        .isEqualTo(404);
    assertThat(api.get("/api/v1/submissions/" + after + "/diff").status()).isEqualTo(400);
    assertThat(
            api.post("/api/v1/workflows/diff?against=" + after, "application/yaml", "a: 1")
                .status())
        .isEqualTo(400);
  }

  private static void metersTell(String... samples) {
    metersTell(() -> {}, samples);
  }

  /**
   * Within some of the rounds in which the leader looks.
   *
   * @param meanwhile what others do all the time, such as to beat
   */
  private static void metersTell(Runnable meanwhile, String... samples) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              meanwhile.run();
              assertThat(api.get("/actuator/prometheus").text().lines()).contains(samples);
            });
  }

  private static JsonNode queue(String name) {
    return api.get("/api/v1/queues/" + name).json();
  }

  private static String state(String worker) {
    return api.get("/api/v1/workers/" + worker).json().get("state").asString();
  }

  private static void silent(String worker, Duration silence) {
    Mono.from(
            store
                .database()
                .getCollection("workers")
                .updateOne(
                    new Document("_id", worker),
                    new Document(
                        "$set", new Document("beat", Date.from(Instant.now().minus(silence))))))
        .block();
  }

  private static Presence presence(String id, String queue, boolean idle) {
    return new Presence(
        id,
        "host",
        17,
        "1.0",
        List.of(queue),
        List.of("native"),
        4,
        idle ? 0 : 1,
        idle ? List.of() : List.of("t1"),
        Instant.now(),
        false,
        idle);
  }

  private static String workflow(String name) {
    String file = WorkflowText.with("step: 550", "step: 42");
    file = WorkflowText.replace(file, "pool: nightly", "pool: " + name);
    file = WorkflowText.replace(file, "experiment: us-rolling", "experiment: " + name);
    return WorkflowText.replace(file, "queue: research", "queue: " + name);
  }
}
