package io.windrow.cli.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.collector.CollectorApplication;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The roles' OpenAPI documents are what is checked in, and break nobody who relies on that.
 *
 * <p>After a change to the API write them anew, {@code -Dwindrow.openapi=write}, and read the
 * difference. A change that breaks callers is written with {@code -Dwindrow.openapi=break} alone.
 */
class OpenApiIT {
  private static final String MODE = System.getProperty("windrow.openapi", "");
  private static final String HOW =
      "mvn -pl cli -am verify -Dtest=NONE -Dit.test=OpenApiIT -Dwindrow.checks=false"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
          + " -Dwindrow.openapi=";
  private static final Path DOCUMENTS = Path.of("../docs/openapi");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static final Map<String, ConfigurableApplicationContext> roles = new HashMap<>();

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    String[] settings = {
      "--server.port=0",
      "--spring.mongodb.uri=" + store.uri(),
      "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
      "--windrow.data.roots=" + folder
    };
    roles.put("coordinator", CoordinatorApplication.start(settings));
    roles.put("collector", CollectorApplication.start(settings));
  }

  @AfterAll
  static void stop() {
    roles.values().forEach(ConfigurableApplicationContext::close);
    store.close();
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "collector"})
  void theServedDocumentIsTheOneCheckedIn(String role) throws Exception {
    Path file = DOCUMENTS.resolve(role + ".json");
    String served = served(role);
    boolean breaks = MODE.equals("break");
    if (!breaks && Files.exists(file)) {
      assertThat(Compatibility.breaks(JSON.readTree(Files.readString(file)), JSON.readTree(served)))
          .as("what breaks callers of the %s; if it must be: %sbreak", role, HOW)
          .isEmpty();
    }
    if (breaks || MODE.equals("write")) {
      Files.createDirectories(DOCUMENTS);
      Files.writeString(file, served);
    }
    assertThat(Files.exists(file)).as("%s is missing; write it: %swrite", file, HOW).isTrue();
    assertThat(served)
        .as("%s is not what the %s serves; write it anew: %swrite", file, role, HOW)
        .isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "collector"})
  void everythingInItIsExplained(String role) throws Exception {
    JsonNode document = JSON.readTree(served(role));
    List<String> unexplained = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(each -> METHODS.contains(each.getKey()))
                    .forEach(
                        each ->
                            check(
                                each.getKey() + " " + path.getKey(),
                                each.getValue(),
                                unexplained)));
    assertThat(document.path("openapi").asString()).startsWith("3.1");
    assertThat(document.path("paths").size()).isGreaterThan(5);
    assertThat(unexplained).isEmpty();
  }

  private static void check(String name, JsonNode operation, List<String> unexplained) {
    if (operation.path("summary").asString("").isBlank()) {
      unexplained.add(name + ": no summary");
    }
    if (operation.path("tags").isEmpty()) {
      unexplained.add(name + ": no tag");
    }
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("description").asString("").isBlank()) {
        unexplained.add(name + ": nothing about " + parameter.path("name").asString());
      }
    }
    JsonNode responses = operation.path("responses");
    if (!responses.path("4XX").path("content").has("application/problem+json")) {
      unexplained.add(name + ": no problem+json");
    }
    boolean answers =
        responses.properties().stream()
            .anyMatch(
                each ->
                    each.getKey().startsWith("2")
                        && (each.getKey().equals("204")
                            || !each.getValue().path("content").isEmpty()));
    if (!answers) {
      unexplained.add(name + ": no response type");
    }
  }

  private static String served(String role) throws IOException, InterruptedException {
    String port = roles.get(role).getEnvironment().getRequiredProperty("local.server.port");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/openapi.json"))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body() + "\n";
  }
}
