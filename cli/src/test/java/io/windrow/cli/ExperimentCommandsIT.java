package io.windrow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people see of experiments, recorders and collections, against a scripted collector. */
class ExperimentCommandsIT {
  private static final String RECORDER =
      """
      {"id":"%s","name":"mlflow_recorder","experiment":"exp","task":"t1","status":"finished",
       "params":{"model.class":"LGBModel"},"tags":{"host":"a"},"metrics":{"IC":0.05,"bad":null},
       "startedAt":"2026-01-05T09:00:00.123Z","endedAt":"2026-01-05T09:01:00Z"}
      """;

  private final List<String> asked = new ArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          asked.add(request);
          String body =
              answers.getOrDefault(
                  request, "{\"status\":404,\"detail\":\"nothing at " + request + "\"}");
          byte[] bytes = body.getBytes(UTF_8);
          boolean found = answers.containsKey(request);
          boolean empty = found && bytes.length == 0;
          exchange.sendResponseHeaders(found ? empty ? 204 : 200 : 404, empty ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void lists_all_experiments_page_by_page() {
    answers.put(
        "GET /api/v1/experiments?limit=500&after=",
        """
        {"experiments":[{"name":"a","recorders":3,"statuses":{"running":1,"finished":2},
          "latest":"2026-01-05T09:00:00.123Z"}],"next":"a"}
        """);
    answers.put(
        "GET /api/v1/experiments?limit=500&after=a",
        "{\"experiments\":[{\"name\":\"b\",\"recorders\":0,\"statuses\":{},\"latest\":null}],"
            + "\"next\":null}");

    assertThat(run("experiment", "list")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "experiment  recorders  statuses               latest start",
            "----------  ---------  ---------------------  --------------------",
            "a                   3  2 finished, 1 running  2026-01-05T09:00:00Z",
            "b                   0");
  }

  @Test
  void lists_recorders_by_filters_and_stops_at_the_limit() {
    answers.put(
        "GET /api/v1/experiments/my%20exp/recorders?limit=1&status=finished&param=model.class%3DLGBModel",
        "{\"recorders\":[" + RECORDER.formatted("r1") + "],\"next\":\"7-r1\"}");

    assertThat(
            run(
                "recorder",
                "list",
                "my exp",
                "--status",
                "finished",
                "--param",
                "model.class=LGBModel",
                "--limit",
                "1"))
        .isZero();

    assertThat(out.toString()).contains("r1        mlflow_recorder  finished").contains("0.0500");
    assertThat(asked).hasSize(1);
  }

  @Test
  void shows_a_recorder_by_id_and_by_name() {
    answers.put("GET /api/v1/recorders/r1", RECORDER.formatted("r1"));
    answers.put("GET /api/v1/experiments/exp/recorders/best", RECORDER.formatted("r2"));

    assertThat(run("recorder", "show", "r1")).isZero();
    assertThat(out.toString())
        .contains("recorder    r1")
        .contains("metric      IC = 0.05")
        .contains("metric      bad = -")
        .contains("param       model.class = LGBModel");
    assertThat(run("recorder", "show", "best", "--experiment", "exp", "--json")).isZero();
    assertThat(out.toString()).contains("\"id\" : \"r2\"");
  }

  @Test
  void fetches_an_artifact(@TempDir Path folder) throws IOException {
    answers.put("GET /api/v1/recorders/r1/artifacts/sig_analysis/my%20ic.arrow", "bytes");
    Path file = folder.resolve("ic");

    assertThat(run("recorder", "get", "r1", "sig_analysis/my ic.arrow", "--out", file.toString()))
        .isZero();

    assertThat(Files.readString(file)).isEqualTo("bytes");
    assertThat(out.toString()).startsWith("5 bytes written to ");
    assertThat(run("recorder", "get", "r1", "nothing", "--out", file.toString())).isEqualTo(1);
    assertThat(err.toString()).startsWith("windrow: nothing at GET");
  }

  @Test
  void exports_an_experiment_whole_and_once(@TempDir Path folder) throws IOException {
    answers.put(
        "GET /api/v1/experiments/exp",
        "{\"name\":\"exp\",\"recorders\":1,\"statuses\":{\"finished\":1},\"latest\":null}");
    answers.put(
        "GET /api/v1/experiments/exp/recorders?limit=500",
        "{\"recorders\":[" + RECORDER.formatted("r1") + "],\"next\":null}");
    answers.put("GET /api/v1/recorders/r1/metrics/IC", "[{\"step\":0,\"value\":0.05}]");
    answers.put(
        "GET /api/v1/recorders/r1/artifacts", "[{\"path\":\"sig/my ic.arrow\",\"length\":5}]");
    answers.put("GET /api/v1/recorders/r1/artifacts/sig/my%20ic.arrow", "bytes");
    Path out = folder.resolve("mlruns");

    assertThat(run("experiment", "export", "exp", "--out", out.toString())).isEqualTo(1);
    assertThat(out).as("a metric is missing, so nothing is left").isEmptyDirectory();

    answers.put("GET /api/v1/recorders/r1/metrics/bad", "[{\"step\":0,\"value\":null}]");
    assertThat(run("experiment", "export", "exp", "--out", out.toString())).isZero();
    assertThat(out)
        .isDirectoryRecursivelyContaining("glob:**/[0-9]*/meta.yaml")
        .isDirectoryRecursivelyContaining("glob:**/r1/metrics/IC")
        .isDirectoryRecursivelyContaining("glob:**/r1/artifacts/sig/my ic.arrow");
    assertThat(this.out.toString()).contains("exported exp: 1 runs, 1 artifacts, 5 bytes in ");

    assertThat(run("experiment", "export", "exp", "--out", out.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("already: delete it or choose another --out");
  }

  @Test
  void deletes_only_what_it_is_told_to() {
    answers.put("DELETE /api/v1/recorders/r1?force=false", "");
    answers.put("DELETE /api/v1/experiments/exp?force=true", "");

    assertThat(run("recorder", "delete", "r1")).isZero();
    assertThat(run("experiment", "delete", "exp", "--force")).isZero();
    assertThat(run("experiment", "delete", "other")).isEqualTo(1);

    assertThat(out.toString().lines())
        .containsExactly("deleted recorder r1", "deleted experiment exp");
  }

  @Test
  void shows_a_collection_as_the_caller_wants_it_without_writing_files() {
    answers.put(
        "GET /api/v1/collections/s1?ensemble=rolling%2Caverage",
        """
        {"submission":"s1","pool":"p","experiment":"e","complete":false,"expected":2,"collected":1,
         "missing":[{"task":"t2","state":"waiting","test":["2020-01-01",null]}],"failed":[],
         "collect":{"ensemble":["rolling","average"],"key":["model.class"],"artifacts":["pred"]},
         "groups":[{"key":[],"rows":10,"days":5,"statistics":{"IC":0.05},"windows":[]}]}
        """);

    assertThat(run("collect", "s1", "--ensemble", "rolling,average")).isZero();

    assertThat(out.toString())
        .contains("all ")
        .contains("0.0500")
        .contains("missing: task t2, waiting")
        .endsWith("1 of 2 windows" + System.lineSeparator());
  }

  @Test
  void a_command_without_its_own_command_is_wrong_usage() {
    assertThat(code("recorder")).isEqualTo(2);
    assertThat(code("recorder", "list")).isEqualTo(2);
    assertThat(code("recorder", "list", "e", "--limit", "-1")).isEqualTo(2);
  }

  private static int code(String... args) {
    return Windrow.commandLine()
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(args);
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(Arrays.asList(args));
    all.add("--collector");
    all.add("http://127.0.0.1:" + server.getAddress().getPort());
    CommandLine command =
        Windrow.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(all.toArray(String[]::new));
  }
}
