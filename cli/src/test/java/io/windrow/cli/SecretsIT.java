package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.windrow.collector.CollectorApplication;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.web.security.NewToken;
import io.windrow.web.security.Scope;
import io.windrow.web.security.TokenAdministration;
import io.windrow.worker.WorkerApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** With secrets in the configuration and every line that Windrow would log, none is anywhere. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsIT {
  private static final String ROOT = "root-secret-AAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final String JAAS = "jaas-secret-BBBBBBBB";
  private static final String KEYS = "keys-secret-CCCCCCCC";

  /** What logs in detail: whichever test ran before may have taken logging over from Boot. */
  private static final Map<String, Level> DETAIL =
      Map.of(
          "io.windrow", Level.DEBUG,
          "org.springframework.security", Level.DEBUG,
          "org.springframework.web", Level.DEBUG,
          "org.apache.kafka.clients", Level.INFO,
          "org.apache.kafka.common", Level.INFO);

  private final Map<Logger, @Nullable Level> levels = new HashMap<>();

  @TempDir Path folder;

  @BeforeEach
  void logInDetail() {
    DETAIL.forEach(
        (name, level) -> {
          Logger logger = (Logger) LoggerFactory.getLogger(name);
          levels.put(logger, logger.getLevel());
          logger.setLevel(level);
        });
  }

  @AfterEach
  void logAsBefore() {
    levels.forEach(Logger::setLevel);
  }

  @Test
  void no_secret_is_logged_or_shown(CapturedOutput output) throws Exception {
    List<String> answers = new ArrayList<>();
    List<String> secrets = new ArrayList<>(List.of(ROOT, JAAS, KEYS));
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
        EmbeddedStore store = EmbeddedStore.inMemory()) {
      String[] settings = {
        "--server.port=0",
        "--spring.mongodb.uri=" + store.uri(),
        "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
        // Read, and not used, while the protocol is plain.
        "--spring.kafka.properties.sasl.jaas.config="
            + "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"w\""
            + " password=\""
            + JAAS
            + "\";",
        "--spring.kafka.ssl.trust-store-password=" + KEYS,
        "--windrow.security.mode=tokens",
        "--windrow.security.bootstrap-token=" + ROOT,
        "--windrow.data.roots=" + folder,
        "--logging.level.io.windrow=DEBUG",
        "--logging.level.org.springframework.security=DEBUG",
        "--logging.level.org.springframework.web=DEBUG",
        "--logging.level.org.apache.kafka=INFO"
      };
      try (ConfigurableApplicationContext coordinator = CoordinatorApplication.start(settings);
          ConfigurableApplicationContext collector = CollectorApplication.start(settings);
          ConfigurableApplicationContext worker = WorkerApplication.start(settings)) {
        NewToken token =
            coordinator
                .getBean(TokenAdministration.class)
                .create("a user", List.of(Scope.ADMIN), null, "test")
                .block();
        assertThat(token).isNotNull();
        String secret = token.text().substring(token.text().lastIndexOf('_', 17) + 1);
        secrets.add(secret);
        String wrong = token.text().substring(0, 17) + "D".repeat(43);
        secrets.add("D".repeat(43));
        for (ConfigurableApplicationContext role : List.of(coordinator, collector, worker)) {
          for (MappedEndpoint endpoint : MappedEndpoint.of(role)) {
            if (endpoint.method().equals("GET") && !endpoint.pattern().endsWith("/events")) {
              for (String sent : List.of(token.text(), ROOT, wrong)) {
                answers.add(ask(endpoint, sent));
              }
            }
          }
        }
        String page =
            "http://127.0.0.1:" + coordinator.getEnvironment().getProperty("local.server.port");
        for (String sent : List.of(token.text(), ROOT, wrong)) {
          answers.add(signIn(page, sent));
          answers.add(askByCookie(page + "/api/v1/session", sent));
          answers.add(askByCookie(page + "/api/v1/tasks", sent));
        }
        answers.add(String.valueOf(token));
      }
    }
    assertThat(output.getAll())
        .as("the log is there")
        .contains(
            "Decoded [SignIn",
            "security of the API",
            "AdminClientConfig values",
            "sasl.jaas.config = [hidden]");
    assertThat(answers).hasSizeGreaterThan(50);
    for (String secret : secrets) {
      assertThat(output.getAll()).doesNotContain(secret);
      assertThat(answers).noneMatch(answer -> answer.contains(secret));
    }
  }

  private static String signIn(String page, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(page + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\": \"" + token + "\"}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static String askByCookie(String address, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Cookie", "windrow_session=" + token)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static String ask(MappedEndpoint endpoint, String token) throws Exception {
    String path =
        endpoint.pattern().replaceAll("\\{\\*[a-z]+}", "/a").replaceAll("\\{[a-z]+}", "none");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint.root() + path))
            .header("Authorization", "Bearer " + token)
            .method(endpoint.method(), BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
