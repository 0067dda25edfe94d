package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import io.windrow.cli.Terminal.Seen;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.indexed.IndexedBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * A cluster in which everybody speaks TLS: a broker that asks for a password, a store and roles
 * with certificates of an authority that only the configuration knows. The settings are those of
 * docs/operator-guide.md. Nobody is told of a port where a client in the clear would be served.
 */
class SecureWireIT {
  private static final String ROOT = "the-root-token-0123456789abcdefghijkl";
  private static final String PASSWORD = "of-the-broker-0123456789";
  private static final int WINDOWS = 2;

  @TempDir static Path folder;
  private static Path data;
  private static TestAuthority authority;
  private static Path keys;
  private static EmbeddedBroker broker;
  private static MongoServer store;

  private final List<WindrowProcess> processes = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    authority = TestAuthority.in(folder.resolve("authority"));
    keys = authority.server();
    broker =
        EmbeddedBroker.secured(
            folder.resolve("broker"),
            Map.of(
                "security.protocol",
                "SASL_SSL",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                keys.toString(),
                "ssl.keystore.password",
                TestAuthority.PASSWORD,
                "sasl.enabled.mechanisms",
                "PLAIN",
                "plain.sasl.jaas.config",
                login("user_windrow=\"" + PASSWORD + "\"")));
    store = new MongoServer(new IndexedBackend());
    KeyStore opened = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      opened.load(in, TestAuthority.PASSWORD.toCharArray());
    }
    store.enableSsl(
        (PrivateKey) opened.getKey(TestAuthority.SERVER, TestAuthority.PASSWORD.toCharArray()),
        TestAuthority.PASSWORD,
        Stream.of(opened.getCertificateChain(TestAuthority.SERVER))
            .map(X509Certificate.class::cast)
            .toArray(X509Certificate[]::new));
    store.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, 1);

    SampleMarket.write(folder.resolve("csv"), 3);
    data = folder.resolve("data");
    assertThat(Terminal.run("import-csv", folder.resolve("csv").toString(), data.toString()).code())
        .isZero();
  }

  @AfterAll
  static void stop() {
    store.shutdownNow();
    broker.close();
  }

  @AfterEach
  void end() {
    processes.forEach(WindrowProcess::close);
  }

  private static String login(String who) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required " + who + ";";
  }

  /** What all roles are told. */
  private static Map<String, String> settings() {
    Map<String, String> all = new HashMap<>();
    all.put("server.port", "0");
    all.put("server.ssl.bundle", "own");
    all.put("spring.ssl.bundle.jks.own.keystore.location", "file:" + keys);
    all.put("spring.ssl.bundle.jks.own.keystore.password", TestAuthority.PASSWORD);
    all.put(
        "spring.ssl.bundle.pem.others.truststore.certificate", "file:" + authority.certificate());
    all.put(
        "spring.mongodb.uri",
        "mongodb://127.0.0.1:" + store.getLocalAddress().getPort() + "/windrow?tls=true");
    all.put("spring.mongodb.ssl.bundle", "others");
    all.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
    all.put("spring.kafka.security.protocol", "SASL_SSL");
    all.put("spring.kafka.ssl.bundle", "others");
    all.put("spring.kafka.properties.sasl.mechanism", "PLAIN");
    all.put(
        "spring.kafka.properties.sasl.jaas.config",
        login("username=\"windrow\" password=\"" + PASSWORD + "\""));
    all.put("windrow.security.mode", "tokens");
    all.put("windrow.security.bootstrap-token", ROOT);
    all.put("windrow.data.roots", data.toString());
    return all;
  }

  /** As variables of the environment. */
  private static Map<String, String> environment(Map<String, String> settings) {
    return settings.entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> each.getKey().replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT),
                Map.Entry::getValue));
  }

  private static Path file(Map<String, String> settings) throws IOException {
    Path file = Files.createTempFile(folder, "settings", ".properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    return file;
  }

  private WindrowProcess role(String role, Map<String, String> settings) {
    WindrowProcess process = WindrowProcess.start(folder, role, environment(settings), role);
    processes.add(process);
    return process;
  }

  @Test
  void a_workflow_is_submitted_executed_and_collected_over_tls_alone() throws Exception {
    WindrowProcess collecting = role("collector", settings());
    String collector = collecting.awaitLine("collector ");
    Map<String, String> knowing = settings();
    knowing.put("windrow.collector.url", collector);
    knowing.put("windrow.collector.ssl-bundle", "others");
    WindrowProcess coordinating = role("coordinator", knowing);
    String coordinator = coordinating.awaitLine("coordinator ");
    WindrowProcess working = role("worker", settings());
    assertThat(List.of(coordinator, collector, working.awaitLine("worker ")))
        .allMatch(address -> address.startsWith("https://127.0.0.1:"));

    Path token = Files.writeString(folder.resolve("token"), ROOT);
    Path workflow =
        Files.writeString(
            folder.resolve("workflow.yaml"),
            SampleMarket.workflow(data).replaceAll("step: \\d+", "step: 200"));
    Path config = folder.resolve("config.yaml");
    done(
        config,
        "config",
        "set-context",
        "secure",
        "--coordinator=" + coordinator,
        "--collector=" + collector,
        "--token-file=" + token,
        "--ca-file=" + authority.certificate());

    Seen submitted = done(config, "submit", workflow.toString(), "--wait");
    assertThat(submitted.err()).doesNotContain("in the clear");
    String submission =
        submitted.out().lines().findFirst().orElseThrow().replaceAll("submission |:.*", "");
    for (String address : List.of(collector, coordinator)) {
      JsonNode collected =
          done(config, "collect", submission, "--json", "--collector", address).json();
      assertThat(collected.path("collected").asInt()).as(address).isEqualTo(WINDOWS);
      assertThat(collected.path("groups").path(0).path("rows").asInt()).isPositive();
    }
    done(config, "deadletter", "list");
    JsonNode checks = Terminal.run("doctor", "--json", "--config", config.toString()).json();
    assertThat(checks)
        .isNotEmpty()
        .allSatisfy(check -> assertThat(check.path("grade").asString()).isEqualTo("ok"));

    Seen distrustful =
        Terminal.run(
            "status", submission, "--coordinator", coordinator, "--token-file", token.toString());
    assertThat(distrustful.code()).isEqualTo(1);
    assertThat(distrustful.err())
        .contains("no secure connection to the coordinator", coordinator, "--ca-file")
        .doesNotContain(ROOT);
    WindrowProcess byEnvironment =
        WindrowProcess.start(
            folder,
            "status",
            Map.of(
                "WINDROW_COORDINATOR", coordinator,
                "WINDROW_TOKEN", ROOT,
                "WINDROW_CA_FILE", authority.certificate().toString()),
            "status",
            submission);
    assertThat(byEnvironment.exitCode()).as(byEnvironment.errors()).isZero();

    gatewayDistrusts(collector, "", "windrow.collector.ssl-bundle");
    gatewayDistrusts(collector.replace("127.0.0.1", "localhost"), "others", "name of its certif");

    for (WindrowProcess role : processes) {
      assertThat(role.errors())
          .doesNotContain(" WARN ", " ERROR ")
          .doesNotContain(PASSWORD, ROOT, TestAuthority.PASSWORD);
    }
  }

  private static Seen done(Path config, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", config.toString()));
    Seen seen = Terminal.run(all.toArray(String[]::new));
    assertThat(seen.code()).as(seen.out() + seen.err()).isZero();
    return seen;
  }

  /** A second coordinator, whose settings for the collector are wrong. */
  private static void gatewayDistrusts(String collector, String bundle, String advice)
      throws IOException {
    Map<String, String> mistaken = settings();
    mistaken.put("windrow.collector.url", collector);
    mistaken.put("windrow.collector.ssl-bundle", bundle);
    try (ConfigurableApplicationContext coordinator =
        CoordinatorApplication.start(
            "--spring.config.additional-location=file:" + file(mistaken))) {
      Seen asked =
          Terminal.run(
              "experiment",
              "list",
              "--collector",
              "https://127.0.0.1:" + coordinator.getEnvironment().getProperty("local.server.port"),
              "--token-file",
              folder.resolve("token").toString(),
              "--ca-file",
              authority.certificate().toString());
      assertThat(asked.code()).isEqualTo(1);
      assertThat(asked.err()).contains(collector, "cannot be reached", advice);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "collector", "worker"})
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void a_role_that_cannot_connect_says_why_and_ends(String role) throws Exception {
    Path strange = TestAuthority.in(folder.resolve("stranger of " + role)).certificate();
    String trusted = "spring.ssl.bundle.pem.others.truststore.certificate";

    refused(
        role,
        Map.of(
            "spring.kafka.properties.sasl.jaas.config",
            login("username=\"windrow\" password=\"wrong-" + PASSWORD + "\"")),
        "Kafka at " + broker.bootstrapServers(),
        "Invalid username or password",
        "spring.kafka.properties.sasl.jaas.config");
    refused(
        role,
        Map.of("spring.kafka.security.protocol", "PLAINTEXT"),
        "Kafka at " + broker.bootstrapServers(),
        "spring.kafka.security.protocol");
    refused(
        role,
        Map.of(
            "spring.ssl.bundle.pem.strange.truststore.certificate",
            "file:" + strange,
            "spring.kafka.ssl.bundle",
            "strange"),
        "Kafka at " + broker.bootstrapServers(),
        "certification path",
        "spring.kafka.ssl.bundle");
    refused(
        role,
        Map.of(trusted, "file:" + strange),
        "MongoDB at 127.0.0.1",
        "certification path",
        "spring.mongodb.ssl.bundle");
    refused(
        role,
        Map.of(
            "spring.mongodb.uri",
            settings().get("spring.mongodb.uri").replaceFirst("\\?.*", ""),
            "spring.mongodb.ssl.bundle",
            ""),
        "MongoDB at 127.0.0.1",
        "tls=true");
    refused(role, Map.of(trusted, "file:" + folder.resolve("none.pem")), role, "none.pem");
  }

  private static void refused(String role, Map<String, String> wrong, String... words)
      throws IOException {
    Map<String, String> settings = settings();
    settings.put("windrow.startup.wait", "5s");
    settings.putAll(wrong);
    Seen seen = Terminal.run(role, "--spring.config.additional-location=file:" + file(settings));
    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.err())
        .contains(words)
        .doesNotContain(PASSWORD, ROOT, TestAuthority.PASSWORD, "unexpected", "\tat ");
  }
}
