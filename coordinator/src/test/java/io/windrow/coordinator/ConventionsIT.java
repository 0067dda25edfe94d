package io.windrow.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.coordinator.Api.Answer;
import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What holds for every address: errors, unknown parameters, keys, tags, pages. */
class ConventionsIT {
  private static final String[] YAML = {"Content-Type", "application/yaml"};

  @TempDir static Path folder;
  private static RunningCoordinator coordinator;
  private static Api api;

  @BeforeAll
  static void start() {
    coordinator = RunningCoordinator.start(folder);
    api = coordinator.api();
    assertThat(api.submit(workflow("conventions")).status()).isEqualTo(201);
    await("the dispatcher changes nothing any more")
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                api.get("/api/v1/tasks/stat?pool=conventions").json().at("/counts/waiting").asInt()
                    == 0);
  }

  @AfterAll
  static void stop() {
    coordinator.close();
  }

  private static String workflow(String name) {
    String file = WorkflowText.with("step: 550", "step: 42");
    file = WorkflowText.replace(file, "pool: nightly", "pool: " + name);
    file = WorkflowText.replace(file, "experiment: us-rolling", "experiment: " + name);
    return WorkflowText.replace(file, "queue: research", "queue: " + name);
  }

  private static String task() {
    return api.get("/api/v1/tasks?pool=conventions&limit=1").json().get(0).get("id").asString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET  | /api/v1/tsks                 | -                  | 404 | There is nothing at '/api/v1/tsks'",
        "PUT  | /api/v1/pools                | {}                 | 405 | 'PUT' is not possible at this address; possible: GET",
        "GET  | /api/v1/tasks?limit=many     | -                  | 400 | limit must be a whole number from -2147483648 to 2147483647, not 'many'",
        "GET  | /api/v1/tasks?limit=9999999999 | -                | 400 | not '9999999999'",
        "GET  | /api/v1/tasks?limt=3         | -                  | 400 | no query parameter 'limt' here (did you mean 'limit'?); known: after, cursor, fields",
        "GET  | /api/v1/pools?pool=a         | -                  | 400 | takes none",
        "POST | /api/v1/pools/a/pause?runing=keep | {}            | 400 | did you mean 'running'?",
        "PUT  | /api/v1/pools/a/limit        | {}                 | 400 | 'max_running' is missing: a whole number",
        "POST | /api/v1/tasks/prioritize     | {\"priority\":\"high\"} | 400 | 'priority' must be a whole number from -2147483648 to 2147483647, not 'high'",
        "POST | /api/v1/tasks/prioritize     | {\"priority\":{}}    | 400 | 'priority' must be a whole number from -2147483648 to 2147483647, not an object",
        "POST | /api/v1/tasks/remove         | {\"ids\":[\"a\",{}]} | 400 | 'ids[1]' must be a text, not an object",
        "POST | /api/v1/tasks/remove         | {\"force\":\"perhaps\"} | 400 | 'force' must be true or false, not 'perhaps'",
        "POST | /api/v1/tasks/remove         | {\"filtr\":\"a\"}    | 400 | did you mean 'filter'?",
        "POST | /api/v1/tasks/remove         | {\"filter\": oh}    | 400 | not JSON at line 1, column",
        "POST | /api/v1/tasks/remove         | []                 | 400 | The body must be an object, not a list",
        "POST | /api/v1/tasks/remove         | -                  | 400 | The request has no body; expected is an object"
      })
  void errors_say_what_and_where(
      String method, String path, String body, int status, String words) {
    Answer answer =
        api.send(method, path, body.equals("-") ? "" : body, "Content-Type", "application/json");

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.json().get("detail").asString()).contains(words);
  }

  @Test
  void what_nobody_foresaw_is_a_problem_with_an_id_for_the_log() {
    // Boot's own handler fails on an escaped slash here.
    Answer answer = api.get("/actuator/health/a%2Fb");

    assertThat(answer.status()).as(answer.text()).isEqualTo(500);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.json().get("title").asString()).isEqualTo("Internal error");
    assertThat(answer.json().get("instance").asString()).isEqualTo("/actuator/health/a%2Fb");
    assertThat(answer.json().get("id").asString()).isNotBlank();
    assertThat(answer.text()).doesNotContain("xception", "io.windrow", "springframework");
  }

  @Test
  void types_that_nobody_reads_or_writes_are_named() {
    Answer unread = api.send("POST", "/api/v1/submissions", "a", "Content-Type", "image/png");
    assertThat(unread.status()).isEqualTo(415);
    assertThat(unread.json().get("detail").asString())
        .contains("'image/png' is not read here", "application/json", "application/yaml");

    Answer unwritten = api.send("GET", "/api/v1/pools", "", "Accept", "image/png");
    assertThat(unwritten.status()).isEqualTo(406);
    assertThat(unwritten.json().get("detail").asString())
        .contains("'image/png'", "application/json");
  }

  @Test
  void a_request_with_a_key_is_carried_out_once() {
    String[] keyed = {"Content-Type", "application/yaml", "Idempotency-Key", "first-try"};
    Answer first = api.send("POST", "/api/v1/submissions", workflow("keyed"), keyed);
    Answer again = api.send("POST", "/api/v1/submissions", workflow("keyed"), keyed);
    Answer without = api.send("POST", "/api/v1/submissions", workflow("keyed"), YAML);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.type()).isEqualTo(first.type());
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(without.status()).isEqualTo(200);
  }

  @Test
  void a_key_of_another_request_is_refused_and_what_was_refused_is_answered_alike() {
    String[] keyed = {"Content-Type", "application/json", "Idempotency-Key", "k"};
    String path = "/api/v1/tasks/prioritize";
    Answer refused = api.send("POST", path, "{\"pool\":\"nobody\",\"priority\":1}", keyed);
    Answer again = api.send("POST", path, "{\"pool\":\"nobody\",\"priority\":1}", keyed);
    Answer other = api.send("POST", path, "{\"pool\":\"nobody\",\"priority\":2}", keyed);

    assertThat(refused.status()).isEqualTo(404);
    assertThat(again.text()).isEqualTo(refused.text());
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.type()).isEqualTo("application/problem+json");
    assertThat(other.json().get("detail").asString()).contains("Take a new key");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void a_key_that_is_none_is_refused(int length) {
    String key = "k".repeat(length);
    Answer answer =
        api.send(
            "POST",
            "/api/v1/submissions",
            workflow("none"),
            "Content-Type",
            "application/yaml",
            "Idempotency-Key",
            key);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("detail").asString()).contains("1 to 255 printable");
    assertThat(api.get("/api/v1/pools/none").status()).isEqualTo(404);
  }

  @Test
  void many_at_the_same_moment_with_one_key_do_it_once() {
    String[] keyed = {"Content-Type", "application/yaml", "Idempotency-Key", "at-once"};
    List<Answer> answers =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> api.send("POST", "/api/v1/submissions", workflow("once"), keyed))
            .toList();

    assertThat(answers)
        .extracting(Answer::status)
        .contains(201)
        .containsAnyOf(201, 409)
        .allMatch(status -> status == 201 || status == 409);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 201)
        .filteredOn(answer -> answer.header("Idempotent-Replayed").isEmpty())
        .hasSize(1);
  }

  @Test
  void what_a_caller_began_who_has_hung_up_is_carried_out_and_answered_next_time()
      throws IOException {
    String body = workflow("hung-up");
    String head =
        """
        POST /api/v1/submissions HTTP/1.1
        Host: localhost
        Content-Type: application/yaml
        Idempotency-Key: hung-up
        Content-Length: %d

        """
            .formatted(body.length());
    int port =
        coordinator.context().getEnvironment().getRequiredProperty("local.server.port", int.class);
    long known = keysKnown();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((head.replace("\n", "\r\n") + body).getBytes(UTF_8));
      // Who hangs up before his request is read whole has begun nothing.
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofMinutes(3))
          .until(() -> keysKnown() > known);
    }
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> api.get("/api/v1/pools/hung-up").status() == 200);

    String[] keyed = {"Content-Type", "application/yaml", "Idempotency-Key", "hung-up"};
    Answer answer =
        await()
            .atMost(Duration.ofMinutes(3))
            .until(
                () -> api.send("POST", "/api/v1/submissions", body, keyed),
                again -> again.status() != 409);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.header("Idempotent-Replayed")).isEqualTo("true");
  }

  private static long keysKnown() {
    MongoDatabase database = coordinator.client().getDatabase(EmbeddedStore.DATABASE);
    return requireNonNull(
        Mono.from(database.getCollection("idempotency").countDocuments()).block());
  }

  @Test
  void what_has_not_changed_is_not_sent_again() {
    String id = task();
    for (String path :
        List.of(
            "/api/v1/tasks/" + id,
            "/api/v1/pools/conventions/retention",
            "/api/v1/pools/conventions/limit")) {
      Answer first = api.get(path);
      assertThat(first.header("ETag")).as(path).matches("\"[\\w-]{22}\"");

      Answer again = api.send("GET", path, "", "If-None-Match", first.header("ETag"));
      assertThat(again.status()).as(path).isEqualTo(304);
      assertThat(again.text()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
      assertThat(api.send("GET", path, "", "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }
    String before = api.get("/api/v1/tasks/" + id).header("ETag");
    api.post("/api/v1/tasks/" + id + "/cancel");
    assertThat(api.send("GET", "/api/v1/tasks/" + id, "", "If-None-Match", before).status())
        .isEqualTo(200);
  }

  @Test
  void a_change_of_what_is_another_by_now_is_refused() {
    for (String path :
        List.of(
            "/api/v1/pools/conventions/limit?max_running=",
            "/api/v1/queues/conventions/limit?max_running=")) {
      String tag = api.get(path.substring(0, path.indexOf('?'))).header("ETag");
      Answer first = api.send("PUT", path + 3, "", "If-Match", tag);
      Answer stale = api.send("PUT", path + 4, "", "If-Match", tag);

      assertThat(first.status()).as(first.text()).isEqualTo(200);
      assertThat(stale.status()).isEqualTo(412);
      assertThat(stale.json().get("detail").asString())
          .contains(first.header("ETag"), "somebody has changed it");
      assertThat(api.send("PUT", path + 5, "", "If-Match", first.header("ETag")).status())
          .isEqualTo(200);
      assertThat(api.send("PUT", path + 0, "", "If-Match", "*").status()).isEqualTo(200);
    }
    String retention = "/api/v1/pools/conventions/retention";
    String tag = api.get(retention).header("ETag");
    assertThat(api.send("PUT", retention + "?attempts=9d", "", "If-Match", tag).status())
        .isEqualTo(200);
    assertThat(api.send("PUT", retention + "?attempts=8d", "", "If-Match", tag).status())
        .isEqualTo(412);
    assertThat(
            api.send(
                    "PUT",
                    "/api/v1/tasks/" + task() + "/definition",
                    "{}",
                    "Content-Type",
                    "application/json",
                    "If-Match",
                    "\"stale\"")
                .status())
        .isEqualTo(412);
  }

  @Test
  void pages_are_linked() {
    for (int i = 0; i < 5; i++) {
      assertThat(api.submit(workflow("paged" + i)).status()).isEqualTo(201);
    }
    assertThat(walk("/api/v1/submissions?limit=2", "submission")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(walk("/api/v1/tasks?pool=paged1&limit=3&sort=-seq", "id"))
        .hasSize(api.get("/api/v1/tasks?pool=paged1").json().size());
    Answer bad = api.get("/api/v1/submissions?cursor=nowhere");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().get("detail").asString()).contains("what the page before gave");
  }

  /** Ids of all pages; none comes twice. */
  private static List<String> walk(String first, String id) {
    List<String> all = new ArrayList<>();
    String path = first;
    while (!path.isEmpty()) {
      Answer page = api.get(path);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      StreamSupport.stream(page.json().spliterator(), false)
          .map((JsonNode one) -> one.get(id).asString())
          .forEach(all::add);
      String link = page.header("Link");
      assertThat(link).matches("|</api/v1/[^>]*>; rel=\"next\"");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
    }
    assertThat(all).doesNotHaveDuplicates();
    return all;
  }

  @Test
  void long_answers_are_compressed_for_those_who_can_read_it() {
    Answer plain = api.get("/api/v1/tasks?pool=conventions");
    Answer packed =
        api.send("GET", "/api/v1/tasks?pool=conventions", "", "Accept-Encoding", "gzip");

    assertThat(plain.text().length()).isGreaterThan(4096);
    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(
            api.send("GET", "/api/v1/pools/conventions", "", "Accept-Encoding", "gzip")
                .header("Content-Encoding"))
        .isEmpty();
  }
}
