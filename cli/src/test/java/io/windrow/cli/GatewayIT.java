package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.cluster.LocalCluster;
import java.io.ByteArrayInputStream;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The collector of a cluster in one JVM, asked through its coordinator, as the console does. */
class GatewayIT {
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final int BYTES = 5_000_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path folder;
  private static LocalCluster cluster;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() {
    cluster =
        LocalCluster.start(
            new LocalCluster.Plan(
                folder.resolve("cluster"), false, List.of(folder), 1, 1, LocalCluster.Ports.any()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void a_recorder_is_kept_and_read_through_the_coordinator() throws Exception {
    String id = record("50%25%20%2B%20rest");
    assertThat(json("GET", "/api/v1/experiments/50%25%20%2B%20rest", "").path("name").asString())
        .isEqualTo("50% + rest");
    json("POST", "/api/v1/recorders/" + id + "/params", "{\"depth\": 8}");

    byte[] bytes = new byte[BYTES];
    new Random(1).nextBytes(bytes);
    String artifact = "/api/v1/recorders/" + id + "/artifacts/models/best%20one.bin";
    assertThat(send("PUT", artifact, BodyPublishers.ofByteArray(bytes)).statusCode())
        .isEqualTo(201);
    HttpResponse<byte[]> whole = get(artifact);
    assertThat(whole.body()).isEqualTo(bytes);
    HttpResponse<byte[]> direct = getAt(cluster.collector() + artifact);
    assertThat(direct.body()).isEqualTo(bytes);
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(direct.headers().firstValue("ETag")).contains(tag);
    assertThat(get(artifact, "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<byte[]> part = get(artifact, "Range", "bytes=100-2000000", "If-Range", tag);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 100, 2_000_001));

    HttpResponse<byte[]> none = get("/api/v1/recorders/none");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(none.body()).isEqualTo(getAt(cluster.collector() + "/api/v1/recorders/none").body());
    assertThat(send("PATCH", "/api/v1/recorders/" + id, BodyPublishers.noBody()).statusCode())
        .isEqualTo(405);
  }

  @Test
  void a_long_answer_is_compressed_once() throws Exception {
    StringBuilder params = new StringBuilder("{\"p\": 1");
    for (int i = 0; i < 1_000; i++) {
      params.append(",\"p").append(i).append("\": ").append(i);
    }
    String recorder = "/api/v1/recorders/" + record("long");
    json("POST", recorder + "/params", params.append('}').toString());
    HttpResponse<byte[]> plain = get(recorder);
    HttpResponse<byte[]> gzipped = get(recorder, "Accept-Encoding", "gzip");
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(gzipped.headers().allValues("Content-Encoding")).containsExactly("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzipped.body())).readAllBytes())
        .isEqualTo(plain.body());
  }

  @Test
  void the_coordinators_address_is_enough_for_commands() throws Exception {
    assertThat(json("GET", "/api/v1/version", "").path("role").asString()).isEqualTo("collector");
    record("by-command");

    String coordinator = "--coordinator=" + cluster.coordinator();
    Terminal.Seen seen = Terminal.run("doctor", coordinator);
    assertThat(seen.out()).contains("collector      answers");
    assertThat(seen.code()).as(seen.out() + seen.err()).isZero();
    Terminal.Seen listed =
        Terminal.run("experiment", "list", "--collector=" + cluster.coordinator());
    assertThat(listed.out()).contains("by-command");
  }

  @Test
  void a_change_from_the_consoles_own_page_is_made_and_audited_once_by_who_makes_it()
      throws Exception {
    String id = record("audited");
    HttpResponse<byte[]> removed =
        send(
            "DELETE",
            "/api/v1/experiments/audited?force=true",
            BodyPublishers.noBody(),
            "Origin",
            cluster.coordinator());
    assertThat(removed.statusCode()).as(text(removed)).isLessThan(500).isNotEqualTo(403);
    assertThat(id).isNotEmpty();
    await("an answer waits for its entry, but not for long")
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(
                        JSON.readTree(text(get("/api/v1/audit?limit=1000")))
                            .valueStream()
                            .filter(entry -> entry.path("method").asString().equals("DELETE"))
                            .filter(
                                entry ->
                                    entry.at("/target/experiment").asString().equals("audited"))
                            .map(entry -> entry.path("role").asString()))
                    .containsExactly("collector"));

    HttpResponse<byte[]> foreign =
        send(
            "DELETE",
            "/api/v1/experiments/audited",
            BodyPublishers.noBody(),
            "Origin",
            "http://127.0.0.1:1");
    assertThat(foreign.statusCode()).isEqualTo(403);
  }

  @Test
  void a_request_that_is_repeated_with_its_key_is_carried_out_once() throws Exception {
    String[] keyed = {"Content-Type", "application/json", "Idempotency-Key", "twice"};
    String address = "/api/v1/experiments/keyed/recorders";
    HttpResponse<byte[]> first =
        send("POST", address, BodyPublishers.ofString("{\"name\": \"r\"}"), keyed);
    HttpResponse<byte[]> again =
        send("POST", address, BodyPublishers.ofString("{\"name\": \"r\"}"), keyed);
    assertThat(first.statusCode()).as(text(first)).isEqualTo(201);
    assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(JSON.readTree(text(get(address))).path("recorders")).hasSize(1);
  }

  private String record(String experiment) throws Exception {
    return json("POST", "/api/v1/experiments/" + experiment + "/recorders", "{\"name\": \"r\"}")
        .path("id")
        .asString();
  }

  private JsonNode json(String method, String address, String body) throws Exception {
    HttpResponse<byte[]> answer =
        send(
            method,
            address,
            body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
            "Content-Type",
            "application/json");
    assertThat(answer.statusCode()).as(text(answer)).isBetween(200, 201);
    return JSON.readTree(text(answer));
  }

  private HttpResponse<byte[]> get(String address, String... headers) throws Exception {
    return send("GET", address, BodyPublishers.noBody(), headers);
  }

  private HttpResponse<byte[]> getAt(String address) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(address)).timeout(ANSWER).build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> send(
      String method, String address, BodyPublisher body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cluster.coordinator() + address))
            .timeout(ANSWER)
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
