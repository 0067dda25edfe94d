package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.workflow.MarketFolder;
import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Signing in to the console, and what its cookie is good for. */
class SessionIT {
  private static final String ROOT = "the-root-token-0123456789abcdefghijkl";
  private static final String SESSION = "/api/v1/session";
  private static final String UNKNOWN =
      "wdr_aaaaaaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final int BURST = 10;
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path folder;
  private static final BlockingQueue<Headers> SEEN_BY_COLLECTOR = new LinkedBlockingQueue<>();
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static HttpServer collector;
  private static Guarded guarded;

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws Exception {
    MarketFolder.create(folder, "market", NyseCalendar.days());
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          SEEN_BY_COLLECTOR.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    collector.start();
    guarded =
        coordinator(
            "--windrow.security.mode=tokens",
            "--windrow.security.token-cache=200ms",
            "--windrow.collector.url=http://127.0.0.1:" + collector.getAddress().getPort(),
            "--windrow.data.roots=" + folder);
    // Tasks that nobody runs: how they stand is told without end.
    HttpResponse<String> submitted =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(guarded.root() + "/api/v1/submissions"))
                .header("Authorization", "Bearer " + ROOT)
                .header("Content-Type", "application/yaml")
                .POST(BodyPublishers.ofString(WorkflowText.valid()))
                .build(),
            BodyHandlers.ofString());
    assertThat(submitted.statusCode()).as(submitted.body()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    guarded.close();
    collector.stop(0);
    store.close();
    broker.close();
  }

  private static Guarded coordinator(String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    settings.add("--server.port=0");
    settings.add("--spring.mongodb.uri=" + store.uri());
    settings.add("--spring.kafka.bootstrap-servers=" + broker.bootstrapServers());
    settings.add("--windrow.security.bootstrap-token=" + ROOT);
    return new Guarded(CoordinatorApplication.start(settings.toArray(String[]::new)));
  }

  private static String token(String name, String scope, String expiresIn) {
    return guarded
        .post(
            "/api/v1/tokens",
            ROOT,
            Map.of("name", name, "scopes", List.of(scope), "expiresIn", expiresIn))
        .json()
        .path("secret")
        .asString();
  }

  private static void revoke(String token) {
    assertThat(guarded.delete("/api/v1/tokens/" + token.substring(4, 16), ROOT).status())
        .isEqualTo(200);
  }

  @Test
  void who_signs_in_gets_a_cookie_that_is_worth_what_his_token_is() throws Exception {
    String token = token("anna", "operate", "1h");
    HttpResponse<String> answer = signIn(token);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(answer.body()).doesNotContain(token.substring(17));
    JsonNode session = JSON.readTree(answer.body());
    assertThat(session.path("security").asString()).isEqualTo("tokens");
    assertThat(session.path("name").asString()).isEqualTo("anna");
    assertThat(session.path("scope").asString()).isEqualTo("operate");
    assertThat(Instant.parse(session.path("expiresAt").asString())).isAfter(Instant.now());

    String cookie = cookie(answer);
    assertThat(send("GET", "/api/v1/tasks", "Cookie", cookie).statusCode()).isEqualTo(200);
    assertThat(send("GET", "/api/v1/tokens", "Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(send("GET", "/api/v1/tasks", "Cookie", "a=b; " + cookie).statusCode())
        .isEqualTo(200);
    assertThat(send("GET", "/api/v1/tasks", "Cookie", "a=b").statusCode()).isEqualTo(401);
    assertThat(current(cookie)).isEqualTo(session);
  }

  @Test
  void the_cookie_is_kept_from_scripts_and_other_sites_and_ends_with_the_token() throws Exception {
    String setCookie = header(signIn(token("a", "read", "1h")), "Set-Cookie");
    List<String> attributes = Arrays.asList(setCookie.split("; "));
    assertThat(attributes).contains("HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(attributes).doesNotContain("Secure").noneMatch(each -> each.startsWith("Domain"));
    assertThat(maxAge(setCookie)).isBetween(1L, 3_600L);
    assertThat(maxAge(header(signIn(token("a", "read", "never")), "Set-Cookie")))
        .isEqualTo(12 * 3_600L);
    assertThat(maxAge(header(signIn(ROOT), "Set-Cookie"))).isEqualTo(12 * 3_600L);
  }

  private static long maxAge(String setCookie) {
    return Arrays.stream(setCookie.split("; "))
        .filter(each -> each.startsWith("Max-Age="))
        .mapToLong(each -> Long.parseLong(each.substring("Max-Age=".length())))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {UNKNOWN, "nonsense", "with blanks in it", "a;b=c", "größe"})
  void a_token_that_lets_nobody_in_begins_no_session(String token) throws Exception {
    HttpResponse<String> answer = signIn(token);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(header(answer, "Set-Cookie")).isEmpty();
    assertThat(JSON.readTree(answer.body()).path("title").asString()).isEqualTo("Token refused");
  }

  @Test
  void what_is_no_sign_in_says_so() throws Exception {
    assertThat(post("application/json", "{}").statusCode()).isEqualTo(400);
    assertThat(post("application/json", "{\"token\": \" \"}").body())
        .contains("'token' is missing");
    // What a form of another site could send.
    assertThat(post("text/plain", "{\"token\": \"" + ROOT + "\"}").statusCode()).isEqualTo(415);
    assertThat(post("application/x-www-form-urlencoded", "token=" + ROOT).statusCode())
        .isEqualTo(415);
  }

  @Test
  void who_is_not_signed_in_is_told_that_he_has_to() throws Exception {
    String nobody = "{\"security\":\"tokens\",\"name\":null,\"scope\":null,\"expiresAt\":null}";
    assertThat(send("GET", SESSION).body()).isEqualTo(nobody);
    String token = token("gone", "admin", "1h");
    String cookie = cookie(signIn(token));
    revoke(token);
    for (String old : List.of(cookie, "windrow_session=" + UNKNOWN, "windrow_session=")) {
      HttpResponse<String> answer = send("GET", SESSION, "Cookie", old);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(nobody);
      assertThat(send("GET", "/pools", "Cookie", old).statusCode()).isEqualTo(200);
      assertThat(send("GET", "/api/v1/tasks", "Cookie", old).statusCode()).isEqualTo(401);
    }
    assertThat(JSON.readTree(send("GET", SESSION, "Authorization", "Bearer " + ROOT).body()))
        .isEqualTo(
            JSON.readTree(
                "{\"security\":\"tokens\",\"name\":\"bootstrap\",\"scope\":\"admin\",\"expiresAt\":null}"));
  }

  @Test
  void a_change_with_the_cookie_needs_a_header_that_other_sites_cannot_send() throws Exception {
    String cookie = cookie(signIn(token("b", "operate", "1h")));
    String change = "/api/v1/queues/of-a-session/limit?max_running=3";
    HttpResponse<String> without = send("PUT", change, "Cookie", cookie);
    assertThat(without.statusCode()).isEqualTo(403);
    assertThat(header(without, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(without.body()).contains("Windrow-Console: 1");
    assertThat(send("PUT", change, "Cookie", cookie, "Windrow-Console", "0").statusCode())
        .isEqualTo(403);
    assertThat(send("DELETE", "/api/v1/experiments/e", "Cookie", cookie).statusCode())
        .isEqualTo(403);
    assertThat(guarded.get("/api/v1/queues/of-a-session/limit", ROOT).text()).doesNotContain("3");

    assertThat(send("PUT", change, "Cookie", cookie, "Windrow-Console", "1").statusCode())
        .isEqualTo(200);
    JsonNode entry = guarded.audited(ROOT, "/api/v1/queues/{name}/limit", "of-a-session");
    assertThat(entry.path("name").asString()).isEqualTo("b");
    // A foreign page cannot ask whether it may send it either.
    HttpResponse<String> preflight =
        send(
            "OPTIONS",
            change,
            "Origin",
            "https://other.example",
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "windrow-console");
    assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void a_token_in_the_header_comes_before_the_cookie() throws Exception {
    String cookie = cookie(signIn(token("c", "read", "1h")));
    assertThat(
            send("GET", "/api/v1/tokens", "Cookie", cookie, "Authorization", "Bearer " + ROOT)
                .statusCode())
        .isEqualTo(200);
    assertThat(
            send("GET", "/api/v1/tasks", "Cookie", cookie, "Authorization", "Bearer " + UNKNOWN)
                .statusCode())
        .isEqualTo(401);
    assertThat(
            send(
                    "PUT",
                    "/api/v1/queues/q/limit?max_running=1",
                    "Cookie",
                    cookie,
                    "Authorization",
                    "Bearer " + ROOT)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void who_signs_out_is_told_to_forget_the_cookie() throws Exception {
    HttpResponse<String> answer = send("DELETE", SESSION);
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(header(answer, "Set-Cookie"))
        .startsWith("windrow_session=;")
        .contains("Max-Age=0", "Path=/", "HttpOnly");
  }

  @Test
  void the_collector_gets_the_token_as_from_everybody_and_never_the_cookie() throws Exception {
    String token = token("d", "operate", "1h");
    String cookie = cookie(signIn(token));
    SEEN_BY_COLLECTOR.clear();
    assertThat(send("GET", "/api/v1/experiments", "Cookie", "a=b; " + cookie).statusCode())
        .isEqualTo(204);
    assertThat(
            send("DELETE", "/api/v1/experiments/e", "Cookie", cookie, "Windrow-Console", "1")
                .statusCode())
        .isEqualTo(204);
    assertThat(SEEN_BY_COLLECTOR).hasSize(2);
    for (Headers headers : SEEN_BY_COLLECTOR) {
      assertThat(headers.get("Authorization")).containsExactly("Bearer " + token);
      assertThat(headers).doesNotContainKey("Cookie");
    }
  }

  @Test
  void signing_in_and_out_is_no_change() throws Exception {
    send("PUT", "/api/v1/queues/before/limit?max_running=1", "Authorization", "Bearer " + ROOT);
    guarded.audited(ROOT, "/api/v1/queues/{name}/limit", "before");
    String newest = guarded.get("/api/v1/audit?limit=1", ROOT).text();
    signIn(ROOT);
    signIn(UNKNOWN);
    send("DELETE", SESSION);
    assertThat(guarded.get("/api/v1/audit?limit=1", ROOT).text()).isEqualTo(newest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/events", "/api/v1/tasks/events"})
  void events_come_by_the_cookie_and_end_when_its_token_is_revoked(String address)
      throws Exception {
    String token = token("e", "read", "1h");
    HttpResponse<InputStream> events =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(guarded.root() + address))
                .header("Cookie", cookie(signIn(token)))
                .header("Accept", "text/event-stream")
                .build(),
            BodyHandlers.ofInputStream());
    assertThat(events.statusCode()).isEqualTo(200);
    try (InputStream in = events.body()) {
      assertThat(in.read()).isPositive();
      revoke(token);
      assertThat(CompletableFuture.runAsync(() -> readToTheEnd(in))).succeedsWithin(ANSWER);
    }
  }

  private static void readToTheEnd(InputStream in) {
    try {
      in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void guessing_at_the_sign_in_is_stopped_as_everywhere() throws Exception {
    for (String way : List.of("sign in", "ask by cookie")) {
      try (Guarded narrow =
          coordinator(
              "--windrow.security.mode=tokens",
              "--windrow.security.rate=1",
              "--windrow.security.burst=" + BURST)) {
        int tries = 0;
        int status;
        do {
          status =
              way.equals("sign in")
                  ? narrow.post(SESSION, null, Map.of("token", UNKNOWN)).status()
                  : sendTo(narrow, "GET", SESSION, "Cookie", "windrow_session=" + UNKNOWN)
                      .statusCode();
          tries++;
        } while (status != 429 && tries < 10 * BURST);
        assertThat(status).as(way).isEqualTo(429);
        // Each try counts twice: as a request and as a wrong token.
        assertThat(tries).as(way).isLessThan(BURST);
      }
    }
  }

  @Test
  void while_security_is_off_everybody_may_do_everything_and_nobody_signs_in() throws Exception {
    try (Guarded open = coordinator("--windrow.security.mode=off")) {
      String off = "{\"security\":\"off\",\"name\":null,\"scope\":\"admin\",\"expiresAt\":null}";
      assertThat(open.get(SESSION, null).text()).isEqualTo(off);
      Guarded.Reply signedIn = open.post(SESSION, null, Map.of("token", ROOT));
      assertThat(signedIn.status()).isEqualTo(200);
      assertThat(signedIn.text()).isEqualTo(off);
      assertThat(signedIn.header("Set-Cookie")).isEmpty();
      assertThat(open.delete(SESSION, null).status()).isEqualTo(204);
    }
  }

  private static HttpResponse<String> signIn(String token) throws Exception {
    return post("application/json", JSON.writeValueAsString(Map.of("token", token)));
  }

  private static HttpResponse<String> post(String type, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(guarded.root() + SESSION))
            .timeout(ANSWER)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> send(String method, String address, String... headers)
      throws Exception {
    return sendTo(guarded, method, address, headers);
  }

  private static HttpResponse<String> sendTo(
      Guarded to, String method, String address, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(to.root() + address))
            .timeout(ANSWER)
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode current(String cookie) throws Exception {
    return JSON.readTree(send("GET", SESSION, "Cookie", cookie).body());
  }

  /** As a browser sends it back. */
  private static String cookie(HttpResponse<?> answer) {
    return Optional.of(header(answer, "Set-Cookie"))
        .filter(cookie -> cookie.startsWith("windrow_session="))
        .map(cookie -> cookie.split(";", 2)[0])
        .orElseThrow();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
