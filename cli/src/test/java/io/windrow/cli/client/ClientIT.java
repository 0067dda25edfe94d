package io.windrow.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a server that answers in odd ways. */
class ClientIT {
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private HttpServer server;
  private HttpContext answering;
  private String address;
  private CoordinatorClient coordinator;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    address = "http://127.0.0.1:" + server.getAddress().getPort();
    coordinator = new CoordinatorClient(Endpoint.coordinator(address));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @Test
  void every_mistake_of_a_workflow_is_a_line() {
    answer(
        400,
        """
        {"title":"Bad workflow","status":400,"detail":"2 mistakes","problems":[
          {"line":12,"path":"task.model.class","message":"unknown class 'LGBMModel'"},
          {"line":0,"path":"windrow","message":"no step"}]}
        """);
    assertThatThrownBy(() -> coordinator.submit("x: 1"))
        .isInstanceOfSatisfying(
            UserError.class,
            error ->
                assertThat(error.lines())
                    .containsExactly(
                        "line 12: task.model.class: unknown class 'LGBMModel'",
                        "windrow: no step",
                        "2 mistakes, nothing was submitted"));
    assertThat(asked.get()).isEqualTo("POST /api/v1/submissions");
  }

  private static final String NEEDS =
      """
      {"title":"Base file needed","status":400,"detail":"d","needs":"%s","problems":[
        {"line":3,"path":"BASE_CONFIG_PATH","message":"m"}]}
      """;

  @Test
  void base_files_are_sent_when_the_coordinator_asks(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("w.yaml"), "own");
    Files.writeString(folder.resolve("base.yaml"), "under");
    List<String> bodies = new ArrayList<>();
    answers(
        bodies,
        NEEDS.formatted("base.yaml"),
        "{\"valid\":true,\"runnable\":true,\"problems\":[],\"warnings\":[]}");

    Validation validation =
        coordinator.validate(new WorkflowFiles(file, Map.of("A", "b"), List.of()), false);

    assertThat(validation.valid()).isTrue();
    assertThat(asked.get()).isEqualTo("POST /api/v1/workflows/validate?data=false");
    assertThat(bodies)
        .containsExactly(
            "{\"file\":\"w.yaml\",\"workflow\":\"own\",\"bases\":{},\"variables\":{\"A\":\"b\"}}",
            "{\"file\":\"w.yaml\",\"workflow\":\"own\",\"bases\":{\"base.yaml\":\"under\"},"
                + "\"variables\":{\"A\":\"b\"}}");
  }

  @Test
  void base_files_come_from_the_workflows_folder_or_a_named_one(@TempDir Path folder)
      throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path file = Files.writeString(own.resolve("w.yaml"), "own");
    Files.writeString(folder.resolve("outside.yaml"), "outside");
    Files.writeString(own.resolve("secret"), "secret");
    Files.createSymbolicLink(own.resolve("link.yaml"), folder.resolve("outside.yaml"));

    assertThat(asking(file, "../outside.yaml", List.of()))
        .startsWith("line 3: BASE_CONFIG_PATH: ")
        .contains("outside of the workflow's folder", "--base-folder");
    assertThat(asking(file, "link.yaml", List.of())).contains("outside of the workflow's folder");
    assertThat(asking(file, folder.resolve("outside.yaml").toString(), List.of()))
        .contains("outside of the workflow's folder");
    assertThat(asking(file, "secret", List.of())).contains("not named like a YAML file");
    assertThat(asking(file, "nowhere.yaml", List.of()))
        .isEqualTo("line 3: BASE_CONFIG_PATH: no file " + own.resolve("nowhere.yaml"));
    // Allowed, so it is sent; asked for again, it is not sent for ever.
    assertThat(asking(file, "../outside.yaml", List.of(folder)))
        .isEqualTo("line 3: BASE_CONFIG_PATH: ../outside.yaml cannot be one more base file");
  }

  private String asking(Path file, String base, List<Path> folders) {
    answers(new ArrayList<>(), NEEDS.formatted(base));
    WorkflowFiles files = new WorkflowFiles(file, Map.of(), folders);
    return catchThrowableOfType(UserError.class, () -> coordinator.submit(files)).getMessage();
  }

  /** Answers with these in turn, the last one for ever; an answer that needs something is a 400. */
  private void answers(List<String> bodies, String... texts) {
    if (answering != null) {
      server.removeContext(answering);
    }
    answering =
        server.createContext(
            "/",
            exchange -> {
              asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
              bodies.add(
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
              String text = texts[Math.min(bodies.size(), texts.length) - 1];
              byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(text.contains("needs") ? 400 : 200, bytes.length);
              exchange.getResponseBody().write(bytes);
              exchange.close();
            });
  }

  @Test
  void a_problem_without_a_list_is_its_detail() {
    answer(404, "{\"title\":\"Not Found\",\"detail\":\"no submission f00d\"}");
    assertThatThrownBy(() -> coordinator.submission("f00d")).hasMessage("no submission f00d");
  }

  @Test
  void another_service_is_recognised() {
    answer(500, "<html>oops</html>");
    assertThatThrownBy(() -> coordinator.submissions())
        .isInstanceOf(UserError.class)
        .hasMessageContaining(address)
        .hasMessageContaining("status 500")
        .hasMessageContaining("--coordinator");
  }

  @Test
  void an_answer_that_is_no_json_is_said() {
    answer(200, "<html>welcome</html>");
    assertThatThrownBy(() -> coordinator.submissions())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not as a Windrow coordinator does");
  }

  @Test
  void ids_are_escaped_and_unknown_fields_ignored() {
    answer(
        200,
        """
        {"submission":"a/b","pool":"p","experiment":"e","queue":"q","state":"inserted",
         "calendarEnd":"2020-01-01","createdAt":"2024-01-01T00:00:00Z","tasks":2,
         "counts":{"done":1,"failed":1},"news":[]}
        """);
    SubmissionView view = coordinator.submission("a/b?c=1");
    assertThat(asked.get()).isEqualTo("GET /api/v1/submissions/a%2Fb%3Fc%3D1");
    assertThat(view.ended()).isTrue();
    assertThat(view.succeeded()).isFalse();
  }

  @Test
  void nobody_there_names_the_address_and_the_option() {
    server.stop(0);
    assertThatThrownBy(() -> coordinator.submissions())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no coordinator at " + address)
        .hasMessageContaining("--coordinator");
  }
}
