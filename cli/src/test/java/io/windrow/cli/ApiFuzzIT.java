package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.windrow.collector.CollectorApplication;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.worker.WorkerApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever comes in, no role answers that it failed. The endpoints are read from the roles' handler
 * mappings: a new one is tried without anybody thinking of it.
 */
class ApiFuzzIT {
  private static final long SEED = 20261122;
  private static final Duration BUDGET = Duration.ofSeconds(15);
  private static final int MOST_ROUNDS = 60;
  private static final int LEAST_ROUNDS = 2;

  /** A longer body may still be under way when the answer to its address is given. */
  private static final int SENT_AT_ONCE = 8 << 10;

  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static ConfigurableApplicationContext coordinator;
  private static ConfigurableApplicationContext collector;
  private static ConfigurableApplicationContext worker;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws IOException {
    SampleMarket.write(folder.resolve("csv"), 2);
    String data = folder.resolve("data").toString();
    assertThat(Terminal.run("import-csv", folder.resolve("csv").toString(), data).code()).isZero();
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    String[] settings = {
      "--server.port=0",
      "--spring.mongodb.uri=" + store.uri(),
      "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
      "--windrow.data.roots=" + data,
      "--windrow.worker.queues=nobody",
      "--logging.level.org.springframework=ERROR"
    };
    coordinator = CoordinatorApplication.start(settings);
    collector = CollectorApplication.start(settings);
    worker = WorkerApplication.start(settings);
  }

  @AfterAll
  static void stop() {
    worker.close();
    collector.close();
    coordinator.close();
    store.close();
    broker.close();
  }

  @Test
  void nothing_that_is_sent_makes_the_coordinator_fail() throws Exception {
    get(coordinator, "/api/v1/openapi.json"); // made when it is first asked for
    Map<Integer, Integer> statuses = fuzz(coordinator, 30);
    assertThat(statuses).containsKeys(200, 400, 404);
  }

  @Test
  void nothing_that_is_sent_makes_the_collector_fail() throws Exception {
    get(collector, "/api/v1/openapi.json"); // made when it is first asked for
    Map<Integer, Integer> statuses = fuzz(collector, 15);
    assertThat(statuses).containsKeys(200, 400, 404);
  }

  @Test
  void nothing_that_is_sent_makes_a_worker_fail() throws Exception {
    Map<Integer, Integer> statuses = fuzz(worker, 2);
    assertThat(statuses).containsKeys(200);
  }

  @Test
  void no_value_in_any_line_of_a_workflow_makes_the_coordinator_fail() throws Exception {
    String address = address(coordinator, "/api/v1/submissions?dryRun=true").toString();
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (Map.Entry<String, String> each : Fuzz.neighbours(workflow("neighbour")).entrySet()) {
      assertThatCode(
              () ->
                  statuses.merge(
                      send(new Fuzz.Call("POST", address, "application/yaml", "", each.getValue())),
                      1,
                      Integer::sum))
          .as(each.getKey())
          .doesNotThrowAnyException();
    }
    assertThat(statuses).containsOnlyKeys(200, 400);
  }

  /** Rounds in which each endpoint gets one request. */
  private Map<Integer, Integer> fuzz(ConfigurableApplicationContext role, int endpoints)
      throws Exception {
    List<MappedEndpoint> all = MappedEndpoint.of(role);
    assertThat(all).hasSizeGreaterThanOrEqualTo(endpoints);
    Random random = new Random(SEED);
    Map<Integer, Integer> statuses = new TreeMap<>();
    long end = System.nanoTime() + BUDGET.toNanos();
    int round = 0;
    while (round < MOST_ROUNDS && System.nanoTime() < end) {
      Fuzz fuzz = freshly(random, round);
      for (MappedEndpoint endpoint : all) {
        statuses.merge(send(fuzz.call(endpoint)), 1, Integer::sum);
      }
      round++;
    }
    assertThat(round).as("rounds in %s", BUDGET).isGreaterThanOrEqualTo(LEAST_ROUNDS);
    return statuses;
  }

  /** There is something to try on, whatever the round before has removed. */
  private Fuzz freshly(Random random, int round) throws Exception {
    String workflow = workflow("fuzz" + round % 3);
    JsonNode receipt = post(coordinator, "/api/v1/submissions", "application/yaml", workflow);
    String pool = receipt.path("pool").asString();
    String submission = receipt.path("submission").asString();
    JsonNode task =
        get(coordinator, "/api/v1/tasks?limit=1&fields=id,definition&pool=" + pool).path(0);
    JsonNode recorder =
        post(
            collector,
            "/api/v1/experiments/" + pool + "/recorders",
            "application/json",
            "{\"name\": \"fuzz\"}");
    String id = task.path("id").asString("none");
    Map<String, List<String>> known = new HashMap<>();
    known.put("id", List.of(id, submission, recorder.path("id").asString("none")));
    known.put("ids", List.of(id));
    known.put("task", List.of(id));
    known.put("pool", List.of(pool));
    known.put("name", List.of(pool, "fuzz"));
    known.put("experiment", List.of(pool));
    known.put("submission", List.of(submission));
    known.put("recorder", List.of("fuzz"));
    known.put("state", List.of("waiting", "queued", "cancelled", "done"));
    known.put("status", List.of("finished", "failed", "running"));
    known.put("filter", List.of("seq<3", "segments.test>=2018", "priority=0"));
    known.put("fields", List.of("id,definition", "state"));
    known.put("limit", List.of("1", "100"));
    known.put("cursor", List.of("1700000000000-a", "a"));
    known.put("tag", List.of("a=b"));
    known.put("param", List.of("a=b"));
    known.put("max_running", List.of("0", "3"));
    known.put("running", List.of("keep", "recall"));
    known.put("worker", List.of("w"));
    known.put("outcome", List.of("done", "failed"));
    known.put("dryRun", List.of("true", "false"));
    known.put("force", List.of("true", "false"));
    known.put("partial", List.of("true", "false"));
    known.put("group", List.of("0", "1"));
    known.put("series", List.of("pred", "label", "ic"));
    known.put("ensemble", List.of("rolling", "average"));
    known.put("key", List.of("model.class"));
    known.put("artifacts", List.of("pred", "pred,label"));
    known.put("path", List.of("pred.arrow", "a/b"));
    known.put("metric", List.of("IC"));
    known.put("resume", List.of("true"));
    List<JsonNode> documents = new ArrayList<>();
    documents.add(JSON.readTree("{\"a\": 1, \"b\": \"text\", \"IC\": 0.5}"));
    JsonNode definition = task.path("definition");
    if (definition.isObject()) {
      documents.add(definition);
    }
    return new Fuzz(random, known, documents, workflow);
  }

  private static String workflow(String name) {
    return SampleMarket.workflow(folder.resolve("data"))
        .replace("experiment_name: cluster", "experiment_name: " + name)
        .replace("windrow:", "windrow:\n  queue: fuzz");
  }

  /** The status; what a role should never answer is an error here. */
  private int send(Fuzz.Call call) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(call.address()))
            .timeout(ANSWER)
            .header("Content-Type", call.type())
            .method(
                call.method(),
                call.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(call.body()));
    if (!call.accept().isEmpty()) {
      request.header("Accept", call.accept());
    }
    call.headers().forEach(request::header);
    HttpResponse<InputStream> response;
    try {
      response = http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      if (call.body().length() > SENT_AT_ONCE) {
        return 400; // refused and closed while a body was being sent that nobody reads
      }
      throw new AssertionError("no answer to " + call, e);
    }
    try (InputStream in = response.body()) {
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (type.startsWith("text/event-stream")) {
        return response.statusCode();
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (isSpringsOwn(call)) {
        return 404;
      }
      assertThat(response.statusCode()).as("%s -> %s", call, text).isLessThan(500);
      if (response.statusCode() >= 400 && call.address().contains("/api/")) {
        assertThat(type).as("%s -> %s", call, text).startsWith("application/problem+json");
        assertThat(JSON.readTree(text).path("detail").asString("")).as("%s", call).isNotBlank();
      }
      return response.statusCode();
    }
  }

  /** Spring Boot answers 500 to a part of the health with a slash in its name. */
  private static boolean isSpringsOwn(Fuzz.Call call) {
    return call.address().contains("/actuator/health/") && call.address().contains("%2F");
  }

  private JsonNode get(ConfigurableApplicationContext role, String path) throws Exception {
    return json(HttpRequest.newBuilder(address(role, path)).build());
  }

  private JsonNode post(ConfigurableApplicationContext role, String path, String type, String body)
      throws Exception {
    return json(
        HttpRequest.newBuilder(address(role, path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private JsonNode json(HttpRequest request) throws Exception {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    return JSON.readTree(response.body());
  }

  private static URI address(ConfigurableApplicationContext role, String path) {
    return URI.create(
        "http://127.0.0.1:"
            + role.getEnvironment().getRequiredProperty("local.server.port")
            + path);
  }
}
