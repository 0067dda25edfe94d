package io.windrow.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.arrow.RowTable;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Experiments and recorders over HTTP. */
class ExperimentApiIT {
  private static final String PROBLEM = "application/problem+json";

  @TempDir static Path folder;
  private static Cluster cluster;
  private static ConfigurableApplicationContext collector;

  @BeforeAll
  static void start() {
    cluster = new Cluster(folder);
    collector = cluster.collector("experiments");
  }

  @AfterAll
  static void stop() {
    collector.close();
    cluster.close();
  }

  @Test
  void livesThroughARecordersLife() {
    JsonNode started =
        json(
            send(
                "POST",
                "/api/v1/experiments/life/recorders",
                "{\"name\":\"by hand\",\"tags\":{\"n\":1}}"),
            201);
    String id = started.get("id").asString();
    String recorder = "/api/v1/recorders/" + id;
    assertThat(started.get("status").asString()).isEqualTo("running");
    assertThat(started.get("task").isNull()).isTrue();

    json(send("POST", recorder + "/params", "{\"model.class\":\"Mine\",\"depth\":8}"), 200);
    json(send("POST", recorder + "/metrics", "{\"step\":0,\"metrics\":{\"l2.valid\":0.9}}"), 200);
    json(send("POST", recorder + "/metrics", "{\"step\":0,\"metrics\":{\"l2.valid\":0.9}}"), 200);
    json(send("POST", recorder + "/metrics", "{\"step\":1,\"metrics\":{\"l2.valid\":0.8}}"), 200);
    assertThat(json(send("GET", recorder + "/metrics/l2.valid", null), 200).toString())
        .isEqualTo("[{\"step\":0,\"value\":0.9},{\"step\":1,\"value\":0.8}]");

    byte[] bytes = new byte[700_000];
    new Random(1).nextBytes(bytes);
    assertThat(put(recorder + "/artifacts/models/best%20one.bin", bytes).statusCode())
        .isEqualTo(201);
    assertThat(json(send("GET", recorder + "/artifacts?folder=models", null), 200).toString())
        .isEqualTo("[{\"path\":\"models/best one.bin\",\"length\":700000}]");
    assertThat(send("GET", recorder + "/artifacts/models/best%20one.bin", null).body())
        .isEqualTo(bytes);

    JsonNode ended = json(send("POST", recorder + "/end", "{\"status\":\"finished\"}"), 200);
    assertThat(ended.get("status").asString()).isEqualTo("finished");
    assertThat(ended.get("params").toString())
        .isEqualTo("{\"depth\":\"8\",\"model.class\":\"Mine\"}");
    assertThat(ended.get("metrics").toString()).isEqualTo("{\"l2.valid\":0.8}");
    assertThat(json(send("GET", "/api/v1/experiments/life/recorders/by%20hand", null), 200))
        .isEqualTo(ended);
    assertThat(
            json(
                    send(
                        "POST",
                        "/api/v1/experiments/life/recorders",
                        "{\"name\":\"by hand\",\"resume\":true}"),
                    201)
                .get("id")
                .asString())
        .isEqualTo(id);
    assertThat(send("DELETE", recorder, null).statusCode()).isEqualTo(409);
    json(send("POST", recorder + "/end", "{\"status\":\"failed\"}"), 200);
    assertThat(send("DELETE", recorder, null).statusCode()).isEqualTo(204);
    assertThat(send("GET", recorder, null).statusCode()).isEqualTo(404);
  }

  @Test
  void answersRangesOfAnArtifact() {
    String id =
        json(send("POST", "/api/v1/experiments/ranges/recorders", "{\"name\":\"r\"}"), 201)
            .get("id")
            .asString();
    String path = "/api/v1/recorders/" + id + "/artifacts/a.bin";
    byte[] bytes = new byte[700_000];
    new Random(2).nextBytes(bytes);
    put(path, bytes);

    HttpResponse<byte[]> whole = get(path);
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(whole.body()).isEqualTo(bytes);
    assertThat(whole.headers().firstValue("Accept-Ranges")).hasValue("bytes");
    assertThat(whole.headers().firstValue("Content-Encoding")).isEmpty();

    HttpResponse<byte[]> part = get(path, "Range", "bytes=261000-600000", "If-Range", tag);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 261000-600000/700000");
    assertThat(part.headers().firstValue("Content-Length")).hasValue("339001");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 261_000, 600_001));
    assertThat(get(path, "Range", "bytes=-5").body())
        .isEqualTo(Arrays.copyOfRange(bytes, 699_995, 700_000));
    assertThat(get(path, "Range", "bytes=0-1,5-6").statusCode()).isEqualTo(200);

    HttpResponse<byte[]> behind = get(path, "Range", "bytes=700000-");
    assertThat(behind.statusCode()).isEqualTo(416);
    assertThat(behind.headers().firstValue("Content-Range")).hasValue("bytes */700000");
    assertThat(behind.headers().firstValue("Content-Type")).hasValue(PROBLEM);

    assertThat(get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    put(path, new byte[] {1, 2, 3});
    assertThat(get(path, "If-None-Match", tag).body()).containsExactly(1, 2, 3);
    assertThat(get(path, "Range", "bytes=1-1", "If-Range", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void answersATableAsColumnsToWhoPrefersJson() {
    String path = artifacts("columns") + "sig_analysis/ic.arrow";
    byte[] file =
        new RowTable<>(List.of(1.5, Double.NaN))
            .day("datetime", value -> LocalDate.of(2020, 1, 6))
            .text("name", value -> "a \"b\"")
            .number("ic", value -> value)
            .count("n", value -> 7)
            .write();
    put(path, file);

    HttpResponse<byte[]> json = get(path, "Accept", "application/json, */*;q=0.1");
    assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(json.headers().firstValue("Vary")).hasValue("Accept");
    assertThat(json.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("\"ic.json\"");
    assertThat(new String(json.body(), UTF_8))
        .isEqualTo(
            "{\"datetime\":[\"2020-01-06\",\"2020-01-06\"],\"name\":[\"a \\\"b\\\"\",\"a \\\"b\\\"\"],"
                + "\"ic\":[1.5,null],\"n\":[7,7]}");

    HttpResponse<byte[]> bytes = get(path);
    assertThat(bytes.body()).isEqualTo(file);
    assertThat(bytes.headers().firstValue("Vary")).hasValue("Accept");
    assertThat(bytes.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    String tag = json.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isNotEqualTo(bytes.headers().firstValue("ETag").orElseThrow());
    assertThat(get(path, "Accept", "application/json", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
    assertThat(get(path, "If-None-Match", tag).body()).isEqualTo(file);
  }

  @Test
  void namesTheFileWhereATableCannotBeJson() {
    String folder = artifacts("no-columns");
    put(
        folder + "large.arrow",
        new RowTable<>(Collections.nCopies(50_001, 1.0))
            .number("a", value -> value)
            .number("b", value -> value)
            .write());
    put(folder + "longer.arrow", new byte[9 << 20]);
    put(folder + "damaged.arrow", "ARROW1 no more".getBytes(UTF_8));

    for (String name : List.of("large", "longer", "damaged")) {
      HttpResponse<byte[]> answer = get(folder + name + ".arrow", "Accept", "application/json");
      assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
      assertThat(json(answer, 406).get("detail").asString())
          .contains("'" + name + ".arrow' cannot be answered as JSON")
          .contains("Accept: application/octet-stream");
    }
    assertThat(
            json(get(folder + "large.arrow", "Accept", "application/json"), 406)
                .get("detail")
                .asString())
        .contains("more than 100000 values");
    assertThat(get(folder + "longer.arrow").body()).hasSize(9 << 20);
  }

  /** Where the artifacts of a new recorder are. */
  private static String artifacts(String experiment) {
    return "/api/v1/recorders/"
        + json(send("POST", "/api/v1/experiments/" + experiment + "/recorders", "{}"), 201)
            .get("id")
            .asString()
        + "/artifacts/";
  }

  @Test
  void aRecorderThatHasNotChangedIsNotSentAgain() {
    String recorder =
        "/api/v1/recorders/"
            + json(send("POST", "/api/v1/experiments/tags/recorders", "{\"name\":\"r\"}"), 201)
                .get("id")
                .asString();
    String tag = get(recorder).headers().firstValue("ETag").orElseThrow();
    assertThat(get(recorder, "If-None-Match", tag).statusCode()).isEqualTo(304);

    send("POST", recorder + "/params", "{\"a\":\"b\"}");

    assertThat(get(recorder, "If-None-Match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void startsARecorderOnceForAKey() {
    HttpResponse<byte[]> first = keyed("start-1");
    HttpResponse<byte[]> again = keyed("start-1");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    assertThat(keyed("start-2").body()).isNotEqualTo(first.body());
  }

  private static HttpResponse<byte[]> keyed(String key) {
    return cluster.send(
        Cluster.request(collector, "/api/v1/experiments/keyed/recorders")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString("{\"name\":\"r\"}"))
            .build());
  }

  private static HttpResponse<byte[]> get(String path, String... headers) {
    HttpRequest.Builder request = Cluster.request(collector, path);
    return cluster.send((headers.length == 0 ? request : request.headers(headers)).build());
  }

  @Test
  void pagesExperimentsAndRecorders() {
    for (String name : new String[] {"p1", "p2", "p3"}) {
      json(send("POST", "/api/v1/experiments", "{\"name\":\"" + name + "\"}"), 201);
      json(send("POST", "/api/v1/experiments", "{\"name\":\"" + name + "\"}"), 200);
    }
    for (int i = 0; i < 5; i++) {
      json(send("POST", "/api/v1/experiments/p1/recorders", "{\"name\":\"r" + i % 2 + "\"}"), 201);
    }

    JsonNode page = json(send("GET", "/api/v1/experiments?after=p0&limit=2", null), 200);
    assertThat(page.get("experiments").findValuesAsString("name")).containsExactly("p1", "p2");
    assertThat(page.get("next").asString()).isEqualTo("p2");
    assertThat(page.get("experiments").get(0).get("statuses").toString())
        .isEqualTo("{\"running\":5}");

    assertThat(
            get("/api/v1/experiments?after=p0&limit=2").headers().firstValue("Link").orElseThrow())
        .isEqualTo("</api/v1/experiments?limit=2&cursor=p2>; rel=\"next\"");
    assertThat(get("/api/v1/experiments/p1/recorders?limit=1&tga=a").statusCode()).isEqualTo(400);

    JsonNode first = json(send("GET", "/api/v1/experiments/p1/recorders?limit=3", null), 200);
    JsonNode second =
        json(
            send(
                "GET",
                "/api/v1/experiments/p1/recorders?limit=3&after=" + first.get("next").asString(),
                null),
            200);
    assertThat(first.get("recorders").size()).isEqualTo(3);
    assertThat(second.get("recorders").size()).isEqualTo(2);
    assertThat(second.get("next").isNull()).isTrue();
    assertThat(
            json(send("GET", "/api/v1/experiments/p1/recorders?name=r1&status=running", null), 200)
                .get("recorders")
                .size())
        .isEqualTo(2);
    assertThat(
            json(send("GET", "/api/v1/experiments/p1/recorders?tag=recorder.name=r0", null), 200)
                .get("recorders")
                .size())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          GET    | /api/v1/experiments/knwon                            | -              | 404 | did you mean 'known'?
          DELETE | /api/v1/experiments/knwon                            | -              | 404 | did you mean 'known'?
          GET    | /api/v1/experiments/known/recorders/nmae             | -              | 404 | did you mean 'name'?
          GET    | /api/v1/experiments/known/recorders?status=runing    | -              | 400 | did you mean 'running'?
          GET    | /api/v1/experiments/known/recorders?limit=0          | -              | 400 | 1 to 1000
          GET    | /api/v1/experiments/known/recorders?limit=x          | -              | 400 | -
          GET    | /api/v1/experiments/known/recorders?after=x          | -              | 400 | 'next'
          GET    | /api/v1/experiments/known/recorders?param=x          | -              | 400 | name=value
          POST   | /api/v1/experiments                                  | {}             | 400 | 1 to 200 characters
          POST   | /api/v1/experiments                                  | {"name":"a/b"} | 400 | 1 to 200 characters
          POST   | /api/v1/experiments                                  | no json        | 400 | -
          POST   | /api/v1/experiments/known/recorders                  | {"tags":{"a":[]}} | 400 | must be a text
          GET    | /api/v1/recorders/nobody                             | -              | 404 | no recorder 'nobody'
          DELETE | /api/v1/recorders/nobody                             | -              | 404 | no recorder 'nobody'
          POST   | /api/v1/recorders/nobody/params                      | {"a":"b"}      | 404 | no recorder 'nobody'
          POST   | /api/v1/recorders/nobody/metrics                     | {"metrics":{"a":NaN}}  | 400 | -
          POST   | /api/v1/recorders/nobody/metrics                     | {"metrics":{"a":null}} | 400 | must be a number
          POST   | /api/v1/recorders/nobody/metrics                     | {"metrics":{"a":"x"}}  | 400 | -
          POST   | /api/v1/recorders/nobody/metrics                     | {}             | 400 | no metrics
          POST   | /api/v1/recorders/nobody/end                         | {"status":"done"} | 400 | finished or failed
          POST   | /api/v1/recorders/nobody/end                         | -              | 400 | -
          GET    | /api/v1/recorders/nobody/artifacts                   | -              | 404 | no recorder 'nobody'
          PUT    | /api/v1/recorders/nobody/artifacts/a                 | x              | 404 | no recorder 'nobody'
          PUT    | /api/v1/recorders/nobody/artifacts/a%5Cb             | x              | 400 | sig_analysis
          """)
  void answersErrorsAsProblems(
      String method, String path, @Nullable String body, int status, @Nullable String words) {
    known();

    HttpResponse<byte[]> answer = send(method, path, body);

    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(PROBLEM);
    JsonNode problem = JsonMapper.builder().build().readTree(answer.body());
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    if (words != null) {
      assertThat(problem.get("detail").asString()).contains(words);
    }
  }

  @Test
  void survivesBodiesThatAreTooLargeOrTooDeep() {
    String id = known();
    String path = "/api/v1/recorders/" + id + "/params";

    assertThat(send("POST", path, "{\"a\":\"" + "x".repeat(2_000_000) + "\"}").statusCode())
        .isEqualTo(413);
    assertThat(
            send("POST", path, "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")
                .statusCode())
        .isEqualTo(400);
    assertThat(put("/api/v1/recorders/" + id + "/artifacts/big", new byte[65 << 20]).statusCode())
        .isEqualTo(413);
    assertThat(
            json(send("GET", "/api/v1/recorders/" + id + "/artifacts/big", null), 404)
                .get("detail")
                .asString())
        .contains("has no artifact 'big'");
  }

  private static String known() {
    return json(send("POST", "/api/v1/experiments/known/recorders", "{\"name\":\"name\"}"), 201)
        .get("id")
        .asString();
  }

  private static HttpResponse<byte[]> send(String method, String path, @Nullable String body) {
    return cluster.send(
        collector, method, path, "application/json", body == null ? null : body.getBytes(UTF_8));
  }

  private static HttpResponse<byte[]> put(String path, byte[] bytes) {
    return cluster.send(collector, "PUT", path, "application/octet-stream", bytes);
  }

  private static JsonNode json(HttpResponse<byte[]> answer, int status) {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    return JsonMapper.builder().build().readTree(answer.body());
  }
}
