package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What a coordinator makes of requests that are the collector's, with a small server in its place.
 */
class GatewayIT {
  private static final String ROOT = "the-root-token-0123456789abcdefghijkl";
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final byte[] PIECE = new byte[1 << 16];

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static ExecutorService threads;
  private static HttpServer collector;
  private static Guarded guarded;

  /** What came to the collector. */
  private record Got(String method, String address, Headers headers, String body) {
    String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }

  private interface Handler {
    void answer(HttpExchange exchange) throws Exception;
  }

  private static final BlockingQueue<Got> RECEIVED = new LinkedBlockingQueue<>();
  private static volatile Handler handler = GatewayIT::echo;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() throws IOException {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    threads = Executors.newCachedThreadPool();
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.setExecutor(threads);
    collector.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.answer(exchange);
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    collector.start();
    guarded = new Guarded(coordinator(collector.getAddress().getPort()));
  }

  @AfterAll
  static void stop() {
    guarded.close();
    collector.stop(0);
    threads.shutdownNow();
    store.close();
    broker.close();
  }

  @BeforeEach
  void forget() {
    RECEIVED.clear();
    handler = GatewayIT::echo;
  }

  private static ConfigurableApplicationContext coordinator(int collectorPort, String... more) {
    List<String> settings = new ArrayList<>(List.of(more));
    Collections.addAll(
        settings,
        "--server.port=0",
        "--spring.mongodb.uri=" + store.uri(),
        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
        "--windrow.collector.url=http://127.0.0.1:" + collectorPort,
        "--windrow.security.mode=tokens",
        "--windrow.security.bootstrap-token=" + ROOT);
    return CoordinatorApplication.start(settings.toArray(String[]::new));
  }

  private static void echo(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    RECEIVED.add(
        new Got(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            new String(body, StandardCharsets.UTF_8)));
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.getResponseHeaders().set("ETag", "\"of the collector\"");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/experiments",
    "HEAD, /api/v1/experiments",
    "GET, /api/v1/experiments/a%2Fb%20%C3%B6?limit=3&tag=a%3D%26b&x",
    "DELETE, /api/v1/experiments/e",
    "POST, /api/v1/recorders/r/params?a=%2f+b",
    "PUT, /api/v1/recorders/r/artifacts/a%2fb/c%25d/e",
    "GET, /api/v1/recorders/r/artifacts/a//b",
    "GET, /api/v1/collections/s/groups/(a~b)*'/pred?from=2018"
  })
  void a_request_arrives_as_it_was_sent(String method, String address) throws Exception {
    boolean body = method.startsWith("P");
    HttpResponse<byte[]> answer =
        send(
            method,
            address,
            body ? BodyPublishers.ofString("{\"a\": 1}") : BodyPublishers.noBody(),
            "Authorization",
            "Bearer " + ROOT,
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            "once",
            "If-None-Match",
            "\"a\"",
            "Range",
            "bytes=1-2",
            "Origin",
            "https://windrow.example",
            "Cookie",
            "windrow_session=a; other=b");

    Got got = RECEIVED.remove();
    assertThat(got.method()).isEqualTo(method);
    assertThat(got.address()).isEqualTo(address);
    assertThat(got.header("Host")).isEqualTo("127.0.0.1:" + collector.getAddress().getPort());
    assertThat(got.header("Authorization")).isEqualTo("Bearer " + ROOT);
    assertThat(got.header("Idempotency-Key")).isEqualTo("once");
    assertThat(got.header("If-None-Match")).isEqualTo("\"a\"");
    assertThat(got.header("Range")).isEqualTo("bytes=1-2");
    assertThat(got.headers()).doesNotContainKeys("Cookie", "Origin");
    assertThat(got.body()).isEqualTo(body ? "{\"a\": 1}" : "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).contains("\"of the collector\"");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(got.body());
  }

  @ParameterizedTest
  @CsvSource({"201", "204", "206", "304", "404", "409", "412", "416", "503"})
  void an_answer_arrives_as_it_was_given(int status) throws Exception {
    boolean empty = status == 204 || status == 304;
    handler =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
          exchange.getResponseHeaders().set("Content-Range", "bytes 1-2/3");
          exchange.getResponseHeaders().set("Windrow-Next", "a");
          exchange.getResponseHeaders().set("Keep-Alive", "timeout=5");
          exchange.sendResponseHeaders(status, empty ? -1 : 2);
          if (!empty) {
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
          }
        };
    HttpResponse<byte[]> answer = get("/api/v1/recorders/r", ROOT);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).hasSize(empty ? 0 : 2);
    assertThat(answer.headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
    assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 1-2/3");
    assertThat(answer.headers().firstValue("Windrow-Next")).contains("a");
    assertThat(answer.headers().firstValue("Keep-Alive")).isEmpty();
    assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  @Test
  void an_artifact_is_handed_back_while_it_comes() throws Exception {
    CountDownLatch firstPieceRead = new CountDownLatch(1);
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 2L * PIECE.length);
          OutputStream out = exchange.getResponseBody();
          out.write(PIECE);
          out.flush();
          await(firstPieceRead);
          out.write(PIECE);
        };
    HttpResponse<InputStream> answer =
        http.send(
            request("GET", "/api/v1/recorders/r/artifacts/a", BodyPublishers.noBody())
                .header("Authorization", "Bearer " + ROOT)
                .build(),
            BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      assertThat(in.readNBytes(PIECE.length)).hasSize(PIECE.length);
      firstPieceRead.countDown();
      assertThat(in.readAllBytes()).hasSize(PIECE.length);
    }
  }

  @Test
  void an_artifact_is_handed_on_while_it_comes() throws Exception {
    CountDownLatch firstPieceRead = new CountDownLatch(1);
    handler =
        exchange -> {
          InputStream in = exchange.getRequestBody();
          int begin = in.readNBytes(PIECE.length / 4).length; // the client holds one buffer back
          firstPieceRead.countDown();
          int rest = in.readAllBytes().length;
          exchange.sendResponseHeaders(begin + rest == 2 * PIECE.length ? 201 : 500, -1);
        };
    BodyPublisher upload =
        BodyPublishers.ofInputStream(
            () ->
                new SequenceInputStream(
                    new ByteArrayInputStream(PIECE),
                    new ByteArrayInputStream(PIECE) {
                      @Override
                      public synchronized int read(byte[] into, int offset, int length) {
                        await(firstPieceRead);
                        return super.read(into, offset, length);
                      }
                    }));
    HttpResponse<byte[]> answer =
        send("PUT", "/api/v1/recorders/r/artifacts/a", upload, "Authorization", "Bearer " + ROOT);
    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @Test
  void an_answer_that_breaks_off_is_not_taken_for_a_whole_one() {
    handler =
        exchange -> {
          exchange.sendResponseHeaders(200, 2L * PIECE.length);
          exchange.getResponseBody().write(PIECE);
          exchange.getResponseBody().flush();
        };
    assertThatThrownBy(() -> get("/api/v1/recorders/r/artifacts/a", ROOT))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_collector_that_hangs_up_may_have_made_the_change() throws Exception {
    handler = exchange -> {};
    HttpResponse<byte[]> answer =
        send(
            "POST",
            "/api/v1/recorders/r/tags",
            BodyPublishers.ofString("{}"),
            "Authorization",
            "Bearer " + ROOT);
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("may have been made");
  }

  @Test
  void a_collector_that_is_away_is_named_with_the_setting_that_says_where_it_is() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    try (Guarded lonely = new Guarded(coordinator(port))) {
      Guarded.Reply reply = lonely.get("/api/v1/experiments", ROOT);
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.json().path("title").asString()).isEqualTo("Collector unavailable");
      assertThat(reply.json().path("instance").asString()).isEqualTo("/api/v1/experiments");
      assertThat(reply.json().path("detail").asString())
          .contains("http://127.0.0.1:" + port, "windrow.collector.url", "Nothing was changed");
    }
  }

  @Test
  void a_collector_that_says_nothing_is_not_waited_for_without_end() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Guarded waiting =
            new Guarded(
                coordinator(silent.getLocalPort(), "--windrow.collector.answer-timeout=300ms"))) {
      Guarded.Reply reply = waiting.get("/api/v1/experiments", ROOT);
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.json().path("detail").asString()).contains("gave no answer");
    }
  }

  @Test
  void who_may_not_do_it_gets_no_further_than_the_coordinator() throws Exception {
    String reader =
        guarded
            .post("/api/v1/tokens", ROOT, Map.of("name", "reader", "scopes", List.of("read")))
            .json()
            .path("secret")
            .asString();
    assertThat(get("/api/v1/experiments", null).statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/experiments", "wrong").statusCode()).isEqualTo(401);
    assertThat(guarded.delete("/api/v1/experiments/e", reader).status()).isEqualTo(403);
    assertThat(get("/api/v1/collections", ROOT).statusCode()).isEqualTo(403);
    assertThat(RECEIVED).isEmpty();
    assertThat(get("/api/v1/experiments", reader).statusCode()).isEqualTo(200);
    assertThat(RECEIVED).hasSize(1);
  }

  @Test
  void a_change_that_was_handed_on_is_not_in_the_coordinators_part_of_the_audit_log()
      throws Exception {
    guarded.delete("/api/v1/experiments/handed-on", ROOT);
    assertThat(RECEIVED).hasSize(1);
    guarded.put("/api/v1/queues/after-it/limit?max_running=1", ROOT);
    guarded.audited(ROOT, "/api/v1/queues/{name}/limit", "after-it");
    assertThat(guarded.get("/api/v1/audit?limit=1000", ROOT).text())
        .doesNotContain("/api/v1/experiments");
  }

  @Test
  void other_addresses_are_the_coordinators_own() throws Exception {
    assertThat(get("/api/v1/tasks", ROOT).statusCode()).isEqualTo(200);
    assertThat(get("/experiments", null).statusCode()).isEqualTo(200);
    assertThat(RECEIVED).isEmpty();
  }

  private HttpResponse<byte[]> get(String address, @Nullable String token) throws Exception {
    return token == null
        ? send("GET", address, BodyPublishers.noBody())
        : send("GET", address, BodyPublishers.noBody(), "Authorization", "Bearer " + token);
  }

  private HttpResponse<byte[]> send(
      String method, String address, BodyPublisher body, String... headers) throws Exception {
    HttpRequest.Builder request = request(method, address, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(String method, String address, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(guarded.root() + address))
        .timeout(ANSWER)
        .method(method, body);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the first piece did not arrive before the second");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
