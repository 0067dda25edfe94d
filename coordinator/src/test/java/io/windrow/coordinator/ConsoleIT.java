package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of the console and what they load, as a browser without a token asks for them. */
class ConsoleIT {
  private static final int BURST = 20;
  private static final Duration ANSWER = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static Guarded guarded;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    guarded =
        new Guarded(
            CoordinatorApplication.start(
                "--server.port=0",
                "--spring.mongodb.uri=" + store.uri(),
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--windrow.security.mode=tokens"));
  }

  @AfterAll
  static void stop() {
    guarded.close();
    store.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?pool=nightly&pool=a%20b",
        "/pools",
        "/pools/us%2Frolling?state=failed",
        "/tasks/0a1b",
        "/experiments",
        "/experiments/a%2Fb%20c",
        "/submissions",
        "/submissions/s1",
        "/workers",
        "/queues",
        "/sign-in?to=%2Fpools"
      })
  void every_page_is_the_same_file(String address) throws Exception {
    HttpResponse<byte[]> page = get(address);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(text(page)).startsWith("<!doctype html>");
    assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(page, "Content-Security-Policy")).contains("script-src 'self'");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");

    HttpResponse<byte[]> head = send("HEAD", address);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "ETag")).isEqualTo(header(page, "ETag"));
    assertThat(send("POST", address).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/assets/of-a-test/module.js, text/javascript;charset=utf-8",
    "/assets/of-a-test/sign.svg, image/svg+xml;charset=utf-8",
    "/webjars/lit-html/lit-html.js, text/javascript;charset=utf-8",
    "/webjars/lit-html/directives/repeat.js, text/javascript;charset=utf-8",
    "/webjars/echarts/dist/echarts.min.js, text/javascript;charset=utf-8"
  })
  void what_pages_load_has_its_type_and_is_asked_for_again_each_time(String address, String type)
      throws Exception {
    HttpResponse<byte[]> file = get(address);
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(header(file, "Content-Type")).isEqualTo(type);
    assertThat(header(file, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(file, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(file.body()).isNotEmpty();

    HttpResponse<byte[]> again = get(address, "If-None-Match", header(file, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get(address, "If-None-Match", "\"another\"").body()).isEqualTo(file.body());
  }

  @Test
  void who_takes_gzip_gets_the_charts_as_a_third_of_their_bytes() throws Exception {
    String address = "/webjars/echarts/dist/echarts.min.js";
    HttpResponse<byte[]> plain = get(address);
    HttpResponse<byte[]> gzipped = get(address, "Accept-Encoding", "gzip, deflate, br");
    assertThat(header(gzipped, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(gzipped, "Vary")).contains("Accept-Encoding");
    assertThat(header(plain, "Vary")).contains("Accept-Encoding");
    assertThat(header(gzipped, "ETag")).isNotEqualTo(header(plain, "ETag"));
    assertThat(gzipped.body().length).isLessThan(plain.body().length * 2 / 5);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped.body())).readAllBytes())
        .isEqualTo(plain.body());
    HttpResponse<byte[]> again =
        get(address, "Accept-Encoding", "gzip", "If-None-Match", header(gzipped, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/none.js",
        "/assets",
        "/assets/",
        "/assets/../index.html",
        "/assets/%2e%2e/index.html",
        "/assets/of-a-test%2Fmodule.js",
        "/webjars/lit-html/node/lit-html.js",
        "/webjars/lit-html/package.json"
      })
  void there_is_nothing_else_beside_the_files(String address) throws Exception {
    HttpResponse<byte[]> answer = get(address);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(text(answer)).contains("There is nothing at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index.html",
        "/tasks",
        "/pools/",
        "/favicon.ico",
        "/webjars/echarts/dist/echarts.js",
        "/webjars/echarts/5.3.1/dist/echarts.min.js",
        "/console/index.html"
      })
  void what_is_no_page_is_not_served(String address) throws Exception {
    assertThat(get(address).statusCode()).isIn(401, 404);
  }

  @Test
  void loading_pages_takes_nothing_from_what_an_address_may_ask_the_api() throws Exception {
    try (Guarded narrow =
        new Guarded(
            CoordinatorApplication.start(
                "--server.port=0",
                "--spring.mongodb.uri=" + store.uri(),
                "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--windrow.security.mode=tokens",
                "--windrow.security.rate=1",
                "--windrow.security.burst=" + BURST))) {
      int served = 0;
      while (narrow.get("/assets/of-a-test/sign.svg", null).status() != 429) {
        served++;
      }
      assertThat(served).isGreaterThanOrEqualTo(BURST);
      assertThat(narrow.get("/api/v1/tasks", null).status()).isEqualTo(401);
    }
  }

  private HttpResponse<byte[]> get(String address, String... headers)
      throws IOException, InterruptedException {
    return send("GET", address, headers);
  }

  private HttpResponse<byte[]> send(String method, String address, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(guarded.root() + address))
            .timeout(ANSWER)
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
