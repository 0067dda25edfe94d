package io.windrow.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Prometheus that scrapes every second and has Windrow's rules; asked over its API. */
final class Prometheus implements AutoCloseable {
  private final Program program;
  private final String address;
  private final Instant since = Instant.now();
  private final HttpClient http = HttpClient.newHttpClient();

  private Prometheus(Program program, String address) {
    this.program = program;
    this.address = address;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param name of its files
   * @param targets host and port by job
   * @param labels that it gives every target
   */
  static Prometheus start(
      Path folder, String name, Map<String, List<String>> targets, Map<String, String> labels)
      throws IOException {
    Path settings = Files.writeString(folder.resolve(name + ".json"), settings(targets, labels));
    int port = freePort();
    Program program =
        Program.start(
            folder,
            name,
            List.of(
                Promtool.program("prometheus"),
                "--config.file=" + settings,
                "--storage.tsdb.path=" + folder.resolve(name),
                "--web.listen-address=127.0.0.1:" + port));
    Prometheus prometheus = new Prometheus(program, "http://127.0.0.1:" + port);
    await("Prometheus")
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptions()
        .until(() -> prometheus.get("/-/ready").statusCode() == 200);
    return prometheus;
  }

  /** Settings in JSON, which is YAML, too. */
  private static String settings(Map<String, List<String>> targets, Map<String, String> labels) {
    return JsonMapper.shared()
        .writeValueAsString(
            Map.of(
                "global", Map.of("scrape_interval", "1s", "evaluation_interval", "1s"),
                "rule_files", List.of(RuleFile.FILE.toAbsolutePath().toString()),
                "scrape_configs",
                    targets.entrySet().stream()
                        .map(
                            job ->
                                Map.of(
                                    "job_name", job.getKey(),
                                    "metrics_path", "/actuator/prometheus",
                                    "static_configs",
                                        List.of(
                                            Map.of("targets", job.getValue(), "labels", labels))))
                        .toList()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The series of a query now. */
  List<JsonNode> now(String query) {
    return list(ask("/api/v1/query?query=" + escaped(query)).path("result"));
  }

  /** Whether a query has had a value at some time since the start, as a panel would show it. */
  boolean hasData(String query) {
    JsonNode found =
        ask(
            "/api/v1/query_range?query=%s&start=%d&end=%d&step=1s"
                .formatted(escaped(query), since.getEpochSecond(), Instant.now().getEpochSecond()));
    return list(found.path("result")).stream()
        .flatMap(series -> list(series.path("values")).stream())
        .anyMatch(value -> !value.path(1).asString("").equals("NaN"));
  }

  private JsonNode ask(String path) {
    try {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(() -> path + ": " + answer.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(answer.body()).path("data");
    } catch (IOException e) {
      throw new AssertionError(program.said(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(address + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String escaped(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  @Override
  public void close() {
    program.close();
  }
}
