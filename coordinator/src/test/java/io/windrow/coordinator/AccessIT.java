package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import io.windrow.coordinator.Guarded.Reply;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.web.security.InsecureBindingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** Tokens, the audit log, limits and headers of a coordinator, over HTTP. */
@ExtendWith(OutputCaptureExtension.class)
class AccessIT {
  private static final String ROOT = "the-root-token-0123456789abcdefghijkl";

  /** More requests than a bucket can let through while it fills. */
  private static final int MANY = 500;

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    guarded = coordinator("--windrow.security.token-cache=200ms");
  }

  @AfterAll
  static void stop() {
    guarded.close();
    store.close();
    broker.close();
  }

  private static Guarded coordinator(String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("--server.port=0");
    if (settings.stream().noneMatch(each -> each.contains("mongodb.uri"))) {
      settings.add("--spring.mongodb.uri=" + store.uri());
    }
    settings.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
    settings.add("--windrow.security.bootstrap-token=" + ROOT);
    if (settings.stream().noneMatch(each -> each.contains("security.mode"))) {
      settings.add("--windrow.security.mode=tokens");
    }
    return new Guarded(CoordinatorApplication.start(settings.toArray(String[]::new)));
  }

  @Test
  void a_token_is_shown_once_works_and_is_revoked() {
    Reply made =
        guarded.post(
            "/api/v1/tokens",
            ROOT,
            Map.of("name", "anna's notebook", "scopes", List.of("submit"), "expiresIn", "12h"));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
    String secret = made.json().path("secret").asString();
    String id = made.json().path("token").path("id").asString();
    assertThat(secret).startsWith("wdr_" + id + "_");
    assertThat(made.json().path("token").path("createdBy").asString()).isEqualTo("bootstrap");

    assertThat(guarded.get("/api/v1/tasks", secret).status()).isEqualTo(200);
    assertThat(guarded.get("/api/v1/tokens", secret).status()).isEqualTo(403);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> listed(id).path("lastUsedAt").isString());
    Reply list = guarded.get("/api/v1/tokens", ROOT);
    assertThat(list.text()).contains("anna's notebook").doesNotContain(secret.substring(17));
    assertThat(listed(id).path("scopes").toString()).isEqualTo("[\"submit\"]");

    Reply revoked = guarded.delete("/api/v1/tokens/" + id, ROOT);
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(revoked.json().path("revokedAt").isString()).isTrue();
    Reply refused = guarded.get("/api/v1/tasks", secret);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.json().path("detail").asString()).contains("revoked");
    assertThat(guarded.delete("/api/v1/tokens/nobody", ROOT).status()).isEqualTo(404);
  }

  @Test
  void a_token_that_makes_no_sense_is_not_made() {
    assertNotMade(Map.of("scopes", List.of("read")), "name");
    assertNotMade(Map.of("name", "x", "scopes", List.of()), "scope");
    assertNotMade(Map.of("name", "x", "scopes", List.of("root")), "read, submit, operate, admin");
    assertNotMade(Map.of("name", "x", "scopes", List.of("read"), "expiresIn", "soon"), "90d");
    assertNotMade(Map.of("name", "x", "scopes", List.of("read"), "expiresIn", "-1d"), "longer");
    assertNotMade(Map.of("name", "x\ny", "scopes", List.of("read")), "control characters");
    assertNotMade(Map.of("name", "x", "scope", "read"), "scope");
  }

  private static void assertNotMade(Map<String, ?> request, String why) {
    Reply reply = guarded.post("/api/v1/tokens", ROOT, request);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.json().path("detail").asString()).contains(why);
  }

  @Test
  void every_change_is_in_the_audit_log_before_it_is_answered() {
    String reader = token("the reader", "read");
    String operator = token("the operator", "operate");
    guarded.put("/api/v1/queues/audited/limit?max_running=3", operator);
    JsonNode newest = guarded.audited(ROOT, "/api/v1/queues/{name}/limit", "audited");
    assertThat(newest.path("name").asString()).isEqualTo("the operator");
    assertThat(newest.path("kind").asString()).isEqualTo("token");
    assertThat(newest.path("method").asString()).isEqualTo("PUT");
    assertThat(newest.path("role").asString()).isEqualTo("coordinator");
    assertThat(newest.path("from").asString()).isEqualTo("127.0.0.1");
    assertThat(newest.path("status").asInt()).isEqualTo(200);
    String id = newest.path("id").asString();

    // A refused change, questions and heartbeats are no changes.
    guarded.put("/api/v1/queues/audited/limit?max_running=3", reader);
    guarded.put("/api/v1/queues/audited/limit?max_running=3", null);
    guarded.get("/api/v1/tasks", operator);
    guarded.post("/api/v1/tasks/requery", operator, Map.of("ids", List.of("x")));
    guarded.post("/api/v1/tasks/x/heartbeat", operator, Map.of("version", 1, "claim", "c"));
    assertThat(guarded.get("/api/v1/audit?limit=1", ROOT).json().path(0).path("id").asString())
        .isEqualTo(id);

    // One that was let through and failed is: somebody tried.
    guarded.post("/api/v1/tasks/none/cancel", operator, Map.of());
    assertThat(guarded.audited(ROOT, "/api/v1/tasks/{id}/cancel", "none").path("status").asInt())
        .isEqualTo(404);
  }

  @Test
  void the_audit_log_is_read_page_by_page_and_holds_no_bodies_and_no_secrets() {
    String operator = token("somebody", "operate");
    for (int i = 0; i < 5; i++) {
      guarded.put("/api/v1/queues/page" + i + "/limit?max_running=1", operator);
    }
    guarded.audited(ROOT, "/api/v1/queues/{name}/limit", "page4");
    List<String> ids = new ArrayList<>();
    String after = "";
    do {
      Reply page = guarded.get("/api/v1/audit?limit=2" + after, ROOT);
      assertThat(page.json().size()).isBetween(1, 2);
      page.json().forEach(entry -> ids.add(entry.path("id").asString()));
      String next = page.header("Windrow-Next");
      after = next.isEmpty() ? "" : "&after=" + next;
    } while (!after.isEmpty());
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(6);
    assertThat(guarded.get("/api/v1/audit?limit=1000", ROOT).json().size()).isEqualTo(ids.size());
    assertThat(guarded.get("/api/v1/audit?limit=1000", ROOT).text())
        .doesNotContain("somebody's secret", operator, ROOT, operator.substring(17));
    assertThat(guarded.get("/api/v1/audit?limit=0", ROOT).status()).isEqualTo(400);
    assertThat(guarded.get("/api/v1/audit?limit=1001", ROOT).status()).isEqualTo(400);
    assertThat(guarded.get("/api/v1/audit?after=x", ROOT).status()).isEqualTo(400);
  }

  @Test
  void an_entry_that_the_store_does_not_take_is_counted_and_logged(CapturedOutput output) {
    EmbeddedStore away = EmbeddedStore.inMemory();
    try (Guarded lonely =
        coordinator("--spring.mongodb.uri=" + away.uri() + "?serverSelectionTimeoutMS=500")) {
      assertThat(lonely.put("/api/v1/queues/there/limit?max_running=1", ROOT).status())
          .isEqualTo(200);
      away.close();
      assertThat(lonely.put("/api/v1/queues/gone/limit?max_running=1", ROOT).status())
          .isEqualTo(503);
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .untilAsserted(
              () ->
                  assertThat(lonely.get("/actuator/prometheus", ROOT).text())
                      .containsPattern("windrow_audit_entries_total\\{.*\"lost\"} 1.0")
                      .containsPattern("windrow_audit_entries_total\\{.*\"written\"} 1.0"));
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> output.getAll().contains("a change is not in the audit log"));
    } finally {
      away.close();
    }
  }

  @Test
  void nothing_in_the_store_holds_a_secret() {
    String secret = token("stored", "admin");
    guarded.put("/api/v1/queues/stored/limit?max_running=1", secret);
    MongoClient client = guarded.context().getBean(MongoClient.class);
    for (String collection : List.of("tokens", "audit")) {
      List<Document> all =
          Flux.from(client.getDatabase("windrow").getCollection(collection).find())
              .collectList()
              .block();
      assertThat(all).isNotEmpty();
      assertThat(all.toString()).doesNotContain(secret.substring(17), ROOT);
    }
  }

  @Test
  void a_key_is_one_callers_own_though_another_has_the_same_name() {
    String one = token("twin", "read");
    String other = token("twin", "read");
    Map<String, ?> body = Map.of("ids", List.of("x"));
    String replayed = "Idempotent-Replayed";

    assertThat(guarded.postOnce("k", "/api/v1/tasks/requery", one, body).status()).isEqualTo(200);
    Reply theirs = guarded.postOnce("k", "/api/v1/tasks/requery", other, body);
    assertThat(theirs.status()).isEqualTo(200);
    assertThat(theirs.header(replayed)).isEmpty();
    assertThat(guarded.postOnce("k", "/api/v1/tasks/requery", one, body).header(replayed))
        .isEqualTo("true");
  }

  @Test
  void a_secret_is_not_kept_for_a_key() {
    Map<String, ?> body = Map.of("name", "once", "scopes", List.of("read"));
    assertThat(guarded.postOnce("secret", "/api/v1/tokens", ROOT, body).status()).isEqualTo(201);

    Reply again = guarded.postOnce("secret", "/api/v1/tokens", ROOT, body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text()).contains("a secret");
  }

  @Test
  void every_answer_tells_browsers_what_to_refuse() {
    for (Reply reply :
        List.of(
            guarded.get("/api/v1/tasks", ROOT),
            guarded.get("/api/v1/tasks", null),
            guarded.get("/api/v1/tasks/none", ROOT),
            guarded.get("/nothing", ROOT),
            guarded.get("/actuator/health", null))) {
      assertThat(reply.header("Content-Security-Policy"))
          .as(reply.text())
          .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'")
          .doesNotContain("unsafe-eval", "script-src 'self' 'unsafe");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
      assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(reply.header("Permissions-Policy")).contains("camera=()");
      assertThat(reply.header("Strict-Transport-Security")).as("not over TLS").isEmpty();
    }
  }

  @Test
  void a_token_in_the_address_counts_for_nothing() {
    assertThat(guarded.get("/api/v1/tasks?access_token=" + ROOT, null).status()).isEqualTo(401);
  }

  @Test
  void who_asks_too_often_is_told_when_to_ask_again_and_holds_up_nobody_else() {
    try (Guarded slow = coordinator("--windrow.security.rate=1", "--windrow.security.burst=4")) {
      String other = token("another", "read");
      List<Reply> replies = new ArrayList<>();
      do { // it fills while this asks
        replies.add(slow.get("/api/v1/tasks?limit=1", ROOT));
      } while (replies.get(replies.size() - 1).status() == 200 && replies.size() < MANY);
      Reply limited = replies.get(replies.size() - 1);
      assertThat(limited.status()).isEqualTo(429);
      assertThat(replies).as("a burst is let through").hasSizeGreaterThan(4);
      assertThat(limited.header("Retry-After")).isEqualTo("1");
      assertThat(limited.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(limited.json().path("detail").asString()).contains("wait 1 s");
      assertThat(slow.get("/api/v1/tasks?limit=1", other).status()).isEqualTo(200);
      for (int i = 0; i < 8; i++) {
        assertThat(slow.get("/actuator/health", null).status()).as("probes").isEqualTo(200);
      }
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(() -> slow.get("/api/v1/tasks?limit=1", ROOT).status() == 200);
    }
  }

  @Test
  void who_guesses_tokens_is_slowed_down_and_a_known_token_of_his_address_is_not() {
    try (Guarded slow =
        coordinator(
            "--windrow.security.rate=1",
            "--windrow.security.burst=10",
            "--windrow.security.token-cache=1m")) {
      String known = token("known", "read");
      assertThat(slow.get("/api/v1/tasks?limit=1", known).status()).isEqualTo(200);
      List<Integer> statuses = new ArrayList<>();
      do { // it fills while this guesses
        String guess = "wdr_%012d_".formatted(statuses.size()) + "A".repeat(43);
        statuses.add(slow.get("/api/v1/tasks", guess).status());
      } while (statuses.get(statuses.size() - 1) == 401 && statuses.size() < MANY);
      assertThat(statuses).startsWith(401, 401).endsWith(429);
      assertThat(slow.get("/api/v1/tasks?limit=1", known).status()).isEqualTo(200);
      assertThat(slow.get("/api/v1/tasks?limit=1", ROOT).status()).isEqualTo(200);
    }
  }

  @Test
  void while_security_is_off_only_this_machine_is_served() throws Exception {
    try (Guarded open = coordinator("--windrow.security.mode=off")) {
      assertThat(open.get("/api/v1/tasks", null).status()).isEqualTo(200);
      assertThat(open.get("/api/v1/tasks", "whatever").status()).isEqualTo(200);
      assertThat(open.get("/actuator/health", null).text()).contains("components");
      String change = "/api/v1/queues/open/limit?max_running=1";
      assertThat(open.put(change, null).status()).isEqualTo(200);
      assertThat(open.audited(null, "/api/v1/queues/{name}/limit", "open").path("name").asString())
          .isEqualTo("anonymous");

      assertThat(open.putFrom("http://elsewhere.example", change).status()).isEqualTo(403);
      assertThat(open.putFrom("null", change).status()).isEqualTo(403);
      assertThat(open.putFrom("http://127.0.0.1:1", change).status()).isEqualTo(403);
      assertThat(open.putFrom("http://127.0.0.1", change).status()).isEqualTo(403);
      assertThat(open.putFrom(open.root(), change).status()).isEqualTo(200);
      assertThat(open.statusUnder("elsewhere.example", "/api/v1/tasks")).isEqualTo(403);
      assertThat(open.statusUnder("127.0.0.1.elsewhere.example", "/api/v1/tasks")).isEqualTo(403);
      assertThat(open.statusUnder("localhost", "/api/v1/tasks")).isEqualTo(200);
    }
  }

  @Test
  void security_is_not_off_where_others_can_connect() {
    assertThatThrownBy(
            () ->
                CoordinatorApplication.start(
                    "--server.address=0.0.0.0", "--windrow.security.mode=off"))
        .isInstanceOf(InsecureBindingException.class)
        .hasMessageContaining("server.address=0.0.0.0");
  }

  @Test
  void a_management_port_of_its_own_takes_management_off_the_api() {
    try (Guarded split = coordinator("--management.server.port=0")) {
      String management =
          "http://127.0.0.1:"
              + split.context().getEnvironment().getRequiredProperty("local.management.port");
      assertThat(split.get("/actuator/prometheus", ROOT).status()).isEqualTo(404);
      assertThat(split.get("/actuator/health", ROOT).status()).isEqualTo(404);
      assertThat(split.getAt(management + "/actuator/prometheus").status()).isEqualTo(200);
      assertThat(split.getAt(management + "/actuator/health/readiness").status()).isEqualTo(200);
      assertThat(split.getAt(management + "/api/v1/tasks").status()).isIn(401, 404);
    }
  }

  private static String token(String name, String scope) {
    Reply made =
        guarded.post("/api/v1/tokens", ROOT, Map.of("name", name, "scopes", List.of(scope)));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("secret").asString();
  }

  private static JsonNode listed(String id) {
    for (JsonNode token : guarded.get("/api/v1/tokens", ROOT).json()) {
      if (token.path("id").asString().equals(id)) {
        return token;
      }
    }
    throw new AssertionError("no token " + id);
  }
}
