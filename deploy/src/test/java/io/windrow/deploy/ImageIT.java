package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the images hold, run by their entry points with the settings of Kubernetes' manifests: files
 * that nobody may write to, a user who is not root, a folder for temporary files, nothing else.
 * Only addresses are this machine's.
 */
@Timeout(600)
class ImageIT {
  private static final String TOKEN = "the-bootstrap-token-0123456789abcdefgh";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path scratch;

  private final List<ImageProcess> processes = new ArrayList<>();
  private final Map<String, Image> images = new HashMap<>();

  @BeforeEach
  void build() throws IOException {
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
    Dockerfile dockerfile = Dockerfile.read();
    for (String name : List.of("coordinator", "collector", "worker", "cli")) {
      images.put(name, Image.build(dockerfile, name, scratch));
    }
  }

  @AfterEach
  void end() {
    processes.forEach(ImageProcess::close);
  }

  @Test
  void fromNothingToTheFirstTasks() throws Exception {
    Path data = folderOfUser("data");
    market(data);
    ImageProcess services = services();
    String mongodb = services.awaitLine("mongodb ");
    String kafka = services.awaitLine("kafka ");
    Map<String, Integer> ports = new HashMap<>();
    Map<String, List<String>> before = new HashMap<>();

    Map<String, ImageProcess> roles = new HashMap<>();
    Iterator<Integer> free = freePorts(5).iterator();
    int api = free.next();
    int collector = free.next();
    for (String role : List.of("coordinator", "collector", "worker")) {
      int port =
          role.equals("coordinator") ? api : role.equals("collector") ? collector : free.next();
      ports.put(role, role.equals("worker") ? port : free.next());
      Map<String, String> environment = manifestEnvironment(role);
      environment.put("SERVER_ADDRESS", "127.0.0.1");
      environment.put("SERVER_PORT", String.valueOf(port));
      if (!role.equals("worker")) {
        environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(ports.get(role)));
        environment.put("WINDROW_SECURITY_MODE", "tokens");
        environment.put("WINDROW_SECURITY_BOOTSTRAPTOKEN", "sha256:" + sha256(TOKEN));
      }
      environment.put("SPRING_MONGODB_URI", mongodb);
      environment.put("SPRING_KAFKA_BOOTSTRAPSERVERS", kafka);
      environment.put("WINDROW_DATA_ROOTS", data.toString());
      environment.computeIfPresent(
          "WINDROW_COLLECTOR_URL", (key, url) -> "http://127.0.0.1:" + collector);
      before.put(role, images.get(role).files());
      roles.put(role, started(images.get(role).start(environment)));
    }
    ports.forEach(this::awaitReady);
    String user = System.getProperty("user.name");
    assertThat(roles.values())
        .extracting(ImageProcess::user)
        .containsOnly(user.equals("root") ? "10001" : user);

    Path token = Files.writeString(scratch.resolve("token"), TOKEN);
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("r--r--r--"));
    String at = "--coordinator=http://127.0.0.1:" + api;
    String workflow = Files.readString(Path.of("overlays", "dev", "first-task.yaml"));
    // Each library of models, and a task in a process of its own.
    submit(at, token, "lightgbm", workflow, "--wait");
    submit(
        at,
        token,
        "xgboost",
        workflow
            .replaceFirst("class: LGBModel", "class: XGBModel")
            .replaceFirst("contrib.model.gbdt", "contrib.model.xgboost")
            .replaceFirst("\\{loss: mse, .*}", "{eta: 0.1, nthread: 1, seed: 1}")
            .replaceFirst("windrow:", "windrow:\n  isolation: process"),
        "--wait");

    // And one that is under way when its worker is told to end.
    submit(
        at,
        token,
        "long",
        workflow.replace(
            "num_boost_round: 20", "num_boost_round: 2000, early_stopping_rounds: 2000"),
        "");
    await("a task runs")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> tasks(api, "running") > 0);
    assertThat(roles.get("worker").stop()).isIn(0, 143);
    assertThat(tasks(api, "running")).as("tasks that the worker left").isZero();
    assertThat(tasks(api, "failed")).isZero();

    for (String role : List.of("worker", "collector", "coordinator")) {
      assertThat(roles.get(role).stop()).as(role + " after SIGTERM").isIn(0, 143);
      assertThat(images.get(role).files()).as("files of " + role).isEqualTo(before.get(role));
    }
    assertThat(images.get("worker").tmp())
        .as("what is left in /tmp")
        .isDirectoryNotContaining(
            file -> file.getFileName().toString().startsWith("windrow-isolated"));
  }

  /** As the Job of the dev overlay does. */
  private void market(Path data) throws IOException {
    Manifest job =
        Manifest.parse(Files.readString(Path.of("overlays", "dev", "market.yaml"))).get(0);
    Path csv = folderOfUser("csv");
    JsonNode bars = job.pod().at("/initContainers/0");
    List<String> line = new ArrayList<>();
    Stream.of("command", "args")
        .flatMap(list -> Manifest.each(bars.path(list)))
        .forEach(word -> line.add(word.asText().replace("\"/tmp/", "\"" + csv + "/")));
    started(images.get("cli").run(line, Map.of())).succeed();
    String[] args =
        Manifest.each(job.pod().at("/containers/0/args"))
            .map(
                word ->
                    word.asText()
                        .replaceFirst("^/tmp$", csv.toString())
                        .replaceFirst("^/data/", data + "/"))
            .toArray(String[]::new);
    started(images.get("cli").start(Map.of(), args)).succeed();
    assertThat(data.resolve("sample/calendars/day.txt"))
        .content()
        .startsWith("2018-01-01\n")
        .endsWith("2020-12-31\n");
  }

  /**
   * @param wait {@code --wait}, or nothing
   */
  private void submit(String at, Path token, String name, String workflow, String wait)
      throws IOException {
    Path file =
        Files.writeString(
            scratch.resolve(name + ".yaml"),
            workflow.replace("experiment_name: first", "experiment_name: " + name));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    List<String> args =
        new ArrayList<>(
            List.of("submit", file.toString(), "--timeout=3m", at, "--token-file=" + token));
    if (!wait.isEmpty()) {
      args.add(wait);
    }
    assertThat(started(images.get("cli").start(Map.of(), args.toArray(String[]::new))).succeed())
        .contains(wait.isEmpty() ? "3 new" : "3 done");
  }

  /** How many tasks are in a state, counted now. */
  private static int tasks(int port, String state) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/tasks/stat"))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    return Manifest.YAML
        .readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .at("/counts/" + state)
        .asInt(-1);
  }

  /** What the roles' ConfigMaps and Deployments tell them. */
  private static Map<String, String> manifestEnvironment(String role) {
    Map<String, String> environment = new HashMap<>();
    literals(Path.of("base"), "windrow", environment);
    literals(Path.of("base", role), role, environment);
    for (JsonNode variable :
        Manifest.read(Path.of("base", role, "deployment.yaml"))
            .at("/spec/template/spec/containers/0/env")) {
      if (variable.has("value")) {
        environment.put(variable.path("name").asText(), variable.path("value").asText());
      }
    }
    return environment;
  }

  private static void literals(Path folder, String name, Map<String, String> environment) {
    for (JsonNode map :
        Manifest.read(folder.resolve("kustomization.yaml")).path("configMapGenerator")) {
      if (map.path("name").asText().equals(name)) {
        for (JsonNode literal : map.path("literals")) {
          String[] parts = literal.asText().split("=", 2);
          environment.put(parts[0], parts[1]);
        }
      }
    }
  }

  /** Of this build, for the images have none. */
  private ImageProcess services() {
    return started(
        ImageProcess.start(
            "services",
            new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("..", "cli", "target", "windrow.jar").toString(),
                "services",
                "--kafka-port=0",
                "--mongodb-port=0")));
  }

  private void awaitReady(String role, int port) {
    await(role + " is ready")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(
            () ->
                HTTP.send(
                            HttpRequest.newBuilder(
                                    URI.create(
                                        "http://127.0.0.1:" + port + "/actuator/health/readiness"))
                                .build(),
                            HttpResponse.BodyHandlers.ofString())
                        .statusCode()
                    == 200);
  }

  private ImageProcess started(ImageProcess process) {
    processes.add(process);
    return process;
  }

  private Path folderOfUser(String name) throws IOException {
    Path folder = Files.createDirectory(scratch.resolve(name));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    return folder;
  }

  /** Held until all are there, so that no two are the same. */
  private static List<Integer> freePorts(int number) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < number; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
