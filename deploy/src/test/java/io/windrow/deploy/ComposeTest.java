package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What compose would start: pinned, confined, told only what it knows, reached from here alone. */
class ComposeTest {
  private static final Path FILE = Path.of("compose.yaml");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:?\\?[^}]*)?}");
  // Its image writes its configuration beside its program.
  private static final Set<String> WRITES = Set.of("kafka");

  @Test
  void isClean() throws IOException {
    assertThat(complaints(Files.readString(FILE))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image: mongo:8.0.13 | image: mongo | names no version",
        "127.0.0.1:8470:8470 | 8470:8470 | everybody",
        "127.0.0.1:8471:8471 | 127.0.0.1:8471:8472 | opens",
        "cap_drop: [ALL] | cap_drop: [NET_RAW] | cap_drop",
        "no-new-privileges:true | apparmor:unconfined | no-new-privileges",
        "read_only: true | read_only: false | read_only",
        "mem_limit: 2g | cpus: 2 | no mem_limit",
        "target: worker} | target: workers} | no stage",
        "WINDROW_WORKER_QUEUES: | WINDROW_WORKER_QUEUE: | binds to nothing",
        "WINDROW_COLLECTOR_URL: http://collector:8471 | WINDROW_COLLECTOR_URL: http://collector:8472 | no service",
        "/dev/tcp/127.0.0.1/8472 | /dev/tcp/127.0.0.1/8480 | health",
        "stop_grace_period: 60s | stop_grace_period: 30s | ends",
        "./compose/prometheus.yml:/etc | ./compose/prometheus.yaml:/etc | is not there",
        "mongodb://mongodb:27017/windrow | mongodb://user:secret@mongodb:27017/windrow | secret",
        "${WINDROW_DATA:?the | ${WINDROW_MARKET:?the | compose.env.example",
        "restart: unless-stopped | privileged: true | privileged",
      })
  void noticesWhatIsWrong(String good, String bad, String complaint) throws IOException {
    String text = Files.readString(FILE);
    assertThat(text).contains(good);

    assertThat(complaints(text.replace(good, bad)))
        .anySatisfy(said -> assertThat(said).contains(complaint));
  }

  /** Prometheus asks for metrics where the roles have them. */
  @Test
  void everyRoleIsScraped() throws IOException {
    JsonNode services = resolved(Files.readString(FILE)).path("services");
    Set<String> targets = new TreeSet<>();
    for (JsonNode job :
        Manifest.read(Path.of("compose", "prometheus.yml")).path("scrape_configs")) {
      assertThat(job.path("metrics_path").asText()).isEqualTo("/actuator/prometheus");
      job.at("/static_configs/0/targets").forEach(target -> targets.add(target.asText()));
      job.path("dns_sd_configs")
          .forEach(
              dns -> targets.add(dns.at("/names/0").asText() + ":" + dns.path("port").asText()));
    }
    assertThat(targets)
        .isEqualTo(
            List.of("coordinator", "collector", "worker").stream()
                .map(role -> role + ":" + managementPort(role, services.path(role)))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static List<String> complaints(String text) throws IOException {
    JsonNode compose = resolved(text);
    List<String> complaints = new ArrayList<>();
    Set<String> told =
        Files.readAllLines(Path.of("compose.env.example")).stream()
            .filter(line -> line.matches("[A-Z_]+=.*"))
            .map(line -> line.replaceFirst("=.*", ""))
            .collect(Collectors.toSet());
    VARIABLE
        .matcher(text)
        .results()
        .filter(variable -> !told.contains(variable.group(1)) || variable.group(2) == null)
        .forEach(
            variable ->
                complaints.add(
                    variable.group() + " is not in compose.env.example, or not asked for"));
    compose
        .path("services")
        .properties()
        .forEach(
            service ->
                complaints(compose, service.getKey(), service.getValue()).stream()
                    .map(complaint -> service.getKey() + ": " + complaint)
                    .forEach(complaints::add));
    return complaints;
  }

  private static List<String> complaints(JsonNode compose, String name, JsonNode service) {
    List<String> complaints = new ArrayList<>();
    UnaryOperator<String> at = pointer -> service.at(pointer).toString();
    if (!service.path("image").asText().matches(".+:v?\\d+\\.\\d+.*")) {
      complaints.add("its image names no version");
    }
    if (!at.apply("/cap_drop").equals("[\"ALL\"]")) {
      complaints.add("cap_drop is not [ALL]");
    }
    if (!at.apply("/security_opt").contains("no-new-privileges:true")) {
      complaints.add("may gain privileges: no-new-privileges is missing");
    }
    if (!service.path("read_only").asBoolean(false) && !WRITES.contains(name)) {
      complaints.add("read_only is not true");
    }
    if (service.has("privileged")) {
      complaints.add("privileged");
    }
    if (!service.has("mem_limit")) {
      complaints.add("has no mem_limit");
    }
    if (!service.has("healthcheck")) {
      complaints.add("has no healthcheck");
    }
    for (JsonNode port : service.path("ports")) {
      if (!port.asText().startsWith("127.0.0.1:")) {
        complaints.add("everybody may connect to " + port);
      }
    }
    for (JsonNode volume : service.path("volumes")) {
      String source = volume.isTextual() ? volume.asText().replaceFirst(":.*", "") : "";
      if (source.startsWith("./")
          && (!Files.exists(Path.of(source)) || !volume.asText().endsWith(":ro"))) {
        complaints.add(source + " is not there, or may be written to");
      }
      if (!source.startsWith("./") && !source.isEmpty() && !compose.path("volumes").has(source)) {
        complaints.add("the volume " + source + " is not there");
      }
      if (volume.isObject() && !volume.path("read_only").asBoolean(false)) {
        complaints.add(volume + " may be written to");
      }
    }
    if (service.path("image").asText().startsWith("windrow/")) {
      complaints.addAll(roleComplaints(compose, name, service));
    }
    return complaints;
  }

  private static List<String> roleComplaints(JsonNode compose, String role, JsonNode service) {
    List<String> complaints = new ArrayList<>();
    RoleSettings settings = RoleSettings.of(role);
    Map<String, String> environment = Manifest.texts(service.path("environment"));
    environment.forEach(
        (variable, value) -> {
          if (!settings.binds(variable)) {
            complaints.add(variable + " binds to nothing");
          }
          if (value.matches(".*://[^/@]+:[^/@]+@.*")) {
            complaints.add(variable + " has a secret in its text");
          }
          if (value.matches("http://.*") && !serves(compose, value)) {
            complaints.add("no service is at " + value);
          }
        });
    if (!environment.getOrDefault("SERVER_ADDRESS", "").equals("0.0.0.0")) {
      complaints.add("nobody can connect: SERVER_ADDRESS is not 0.0.0.0");
    }
    String port = environment.getOrDefault("SERVER_PORT", settings.byDefault("server.port"));
    for (JsonNode published : service.path("ports")) {
      if (!published.asText().endsWith(":" + port)) {
        complaints.add(published + " is published, but the role opens " + port);
      }
    }
    if (!service
        .at("/healthcheck/test")
        .toString()
        .contains("/dev/tcp/127.0.0.1/" + managementPort(role, service) + " ")) {
      complaints.add("its health is at " + managementPort(role, service));
    }
    String target = service.at("/build/target").asText();
    if (!Dockerfile.read().stages().containsKey(target)
        || !Files.exists(
            Path.of(
                service.at("/build/context").asText(), service.at("/build/dockerfile").asText()))) {
      complaints.add("no stage '" + target + "' in its Dockerfile");
    }
    long grace = Long.parseLong(service.path("stop_grace_period").asText("10s").replace("s", ""));
    long phase =
        settings
            .duration("spring.lifecycle.timeout-per-shutdown-phase", environment, "30s")
            .toSeconds();
    if (grace <= phase) {
      complaints.add("is killed after " + grace + " s, but ends within " + phase + " s");
    }
    return complaints;
  }

  private static boolean serves(JsonNode compose, String url) {
    String[] address = url.replaceFirst("http://([^/]+).*", "$1").split(":", 2);
    JsonNode service = compose.path("services").path(address[0]);
    return !service.isMissingNode()
        && address[1].equals(
            service
                .at("/environment/SERVER_PORT")
                .asText(RoleSettings.of(address[0]).byDefault("server.port")));
  }

  private static String managementPort(String role, JsonNode service) {
    return service
        .at("/environment/MANAGEMENT_SERVER_PORT")
        .asText(RoleSettings.of(role).byDefault("server.port"));
  }

  /** With anchors and merge keys in their places, which Jackson leaves to its callers. */
  private static JsonNode resolved(String text) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    return Manifest.YAML.<ObjectNode>valueToTree(tree);
  }
}
